import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sql } from 'postgres'
import type { Ctx } from '../../server/context.ts'
import { openOwnerPool } from '../../server/db/client.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../server/db/embedded.ts'
import { migrateDatabase } from '../../server/db/migrate.ts'
import { handlers } from '../../server/jobs/registry.ts'
import { createLog } from '../../server/log.ts'
import { BIG_DATABASE } from './big-database.ts'
import { fillShoppers } from './shoppers.ts'

export interface LearnedShop {
  postgres: EmbeddedPostgres
  sql: Sql
  customers: number
  /** Runs a nightly job and answers its seconds and the most memory the process had. */
  run: (job: Nightly) => Promise<{ seconds: number; memoryMB: number }>
  close: () => Promise<void>
}
export const NIGHTLY = ['rfm.compute', 'orders.learn', 'products.learnAnew', 'products.learn'] as const
export type Nightly = (typeof NIGHTLY)[number]

/** A shop of a million customers (ten thousand where `small`) in a Postgres of its own. */
export async function openShop(small: boolean): Promise<LearnedShop> {
  const customers = small ? 10_000 : 1_000_000
  const dataDir = mkdtempSync(join(tmpdir(), 'pangbai-bench-'))
  const settings = { ...BIG_DATABASE, max_connections: '300' }
  const postgres = await startEmbeddedPostgres({ dataDir, sync: false, settings })
  const sql = openOwnerPool(postgres.target, 4)
  const close = async () => {
    await sql.end()
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    await migrateDatabase(postgres.target)
    await fillShoppers(sql, customers)
  } catch (error) {
    await close()
    throw error
  }
  const ctx = {
    sql,
    log: createLog('error'),
    now: () => new Date(),
    actor: { kind: 'job', name: 'bench' },
  } as unknown as Ctx
  const run = async (job: Nightly) => {
    let most = 0
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 100)
    const began = performance.now()
    try {
      await handlers[job](ctx, {})
    } finally {
      clearInterval(watch)
    }
    return {
      seconds: (performance.now() - began) / 1000,
      memoryMB: Math.max(most, process.memoryUsage.rss()) / 2 ** 20,
    }
  }
  return { postgres, sql, customers, run, close }
}
