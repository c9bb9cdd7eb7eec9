import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import { Logger, runMigrations } from 'graphile-worker'
import { type DatabaseTarget, openPool } from './client.ts'
import { openQueuePool } from './pg.ts'

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url))
const LOCK = 7_261_001

/** Brings the schema up to date. One runner at a time: others wait on an advisory lock and then find nothing to do. */
export async function migrateDatabase(target: DatabaseTarget): Promise<void> {
  const sql = openPool(target, 1)
  try {
    await sql`select pg_advisory_lock(${LOCK})`
    await sql`set lock_timeout = '2s'`
    await migrateQueue(target)
    await migrate(drizzle(sql), { migrationsFolder: MIGRATIONS })
  } finally {
    await sql.end({ timeout: 4 })
  }
}

/** The job queue keeps its tables in a schema of its own. */
async function migrateQueue(target: DatabaseTarget): Promise<void> {
  const pgPool = openQueuePool(target, 1)
  try {
    await runMigrations({ pgPool, logger: new Logger(() => () => undefined) })
  } finally {
    await pgPool.end()
  }
}
