import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seedDemo } from '../../scripts/demo/seed.ts'
import { loadConfig } from '../../server/config.ts'
import { startEmbeddedPostgres } from '../../server/db/embedded.ts'
import { migrateDatabase } from '../../server/db/migrate.ts'
import { createLog } from '../../server/log.ts'
import { startServer } from '../../server/main.ts'
import { countStatements } from '../../server/testing/count.ts'
import { wecomEnv } from '../../server/testing/wecom-env.ts'
import { buildShop } from '../../simulator/shop/shop.ts'
import { startSimulator } from '../../simulator/start.ts'

/**
 * The whole demo on a database of its own, with every statement of the server counted. `direct`: the pages are opened at the
 * server's own address, as a real client would, without the pretend client's gateway and its script in front.
 */
export async function startDemo({ direct = false } = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'pangbai-bench-'))
  const postgres = await startEmbeddedPostgres({ dataDir, sync: false })
  const counter = countStatements(postgres.target)
  await migrateDatabase(postgres.target)
  const now = new Date()
  const shop = buildShop(now)
  const port = direct ? await freePort() : 0
  const simulator = await startSimulator({ port: 0, shop, ...(direct && { publicUrl: `http://127.0.0.1:${port}` }) })
  const config = loadConfig({
    PUBLIC_URL: simulator.origin,
    DATA_DIR: dataDir,
    SESSION_SECRET: 'bench-bench-bench-bench-bench-bench',
    ...wecomEnv(simulator.settings),
    WECOM_OAUTH_BASE: `${simulator.settings.apiBase}/__sim`,
    LOG_LEVEL: 'error',
  })
  const server = await startServer(config, {
    database: counter.target,
    listenPort: port,
    log: createLog('error'),
    jobs: false,
  })
  simulator.setUpstream(`http://127.0.0.1:${server.port}`)
  await seedDemo(server.deps, { sharedDir: '../shared', now, log: () => undefined })
  const userid = shop.members[0]?.userid ?? ''
  const customer = shop.customers.find((c) => c.follows.some((f) => f.userid === userid && f.relation === 'active'))
  const cookie = await signIn(simulator.origin, userid)
  return {
    origin: simulator.origin,
    userid,
    wecom: config.wecom,
    customerId: customer?.externalUserid ?? '',
    customerName: customer?.follows.find((f) => f.userid === userid)?.remark || (customer?.name ?? ''),
    /** Statements sent since the last time it was asked. */
    statements: () => counter.take().length,
    wecomCalls: () => simulator.calls.length,
    get: (path: string) => fetch(`${simulator.origin}${path}`, { headers: { cookie } }),
    close: async () => {
      await server.close()
      await simulator.close()
      await postgres.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0)
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  await new Promise((closed) => probe.close(closed))
  return port
}

/** Walks the OAuth redirects as a browser would and returns the cookies it ends up with. */
async function signIn(origin: string, userid: string): Promise<string> {
  const jar = new Map([['wwsim_member', userid]])
  let url = `${origin}/auth/login?return=/sidebar`
  for (let hop = 0; hop < 6; hop++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie, 'user-agent': 'wxwork/5.0.10' } })
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    const next = answer.headers.get('location')
    if (!next) break
    url = new URL(next, url).href
  }
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
}
