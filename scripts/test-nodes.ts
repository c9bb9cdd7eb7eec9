import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Deps } from '#server/context.ts'
import { connect } from '#server/db/client.ts'
import { startEmbeddedPostgres } from '#server/db/embedded.ts'
import { migrateDatabase } from '#server/db/migrate.ts'
import { buildShop } from '../simulator/shop/shop.ts'
import { startSimulator } from '../simulator/start.ts'
import { seedDemo } from './demo/seed.ts'
import { startCluster } from './nodes/cluster.ts'
import { databaseUrl } from './nodes/database-url.ts'
import { firstSynced, settingsFor } from './nodes/shop.ts'

/** `npm run test:nodes`: the whole browser suite against three web and two worker processes behind a round-robin proxy. */
const dataDir = mkdtempSync(join(tmpdir(), 'pangbai-nodes-'))
chmodSync(dataDir, 0o755)
const postgres = await startEmbeddedPostgres({ dataDir, sync: false, settings: { max_connections: '200' } })
const pretend = await startSimulator({ port: 0, shop: buildShop(new Date()) })
await migrateDatabase(postgres.target)
const { close, ...pools } = connect(postgres.target)
const cluster = await startCluster(settingsFor(pretend, databaseUrl(postgres.target)), { web: 3, worker: 2 })
let code: number | null = 1
try {
  pretend.setUpstream(cluster.proxy.url)
  const { callbackToken: token, callbackAesKey: aesKey } = pretend.settings
  pretend.setCallback({ url: `${cluster.proxy.url}/wecom/callback`, token, aesKey })
  const now = () => new Date()
  const config = { dataDir }
  await seedDemo({ ...pools, now, config } as Deps, { sharedDir: '../shared', now: now(), log: () => undefined })
  await firstSynced(pools.sql)
  const tests = spawn(
    process.execPath,
    ['node_modules/@playwright/test/cli.js', 'test', '--config', 'e2e/playwright.config.ts', ...process.argv.slice(2)],
    { stdio: 'inherit', env: { ...process.env, PANGBAI_E2E_URL: pretend.origin } },
  )
  code = ((await once(tests, 'exit')) as [number | null])[0]
  console.log('answered by', Object.fromEntries(cluster.proxy.served))
} finally {
  await cluster.close()
  await pretend.close()
  await close()
  await postgres.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
process.exit(code ?? 1)
