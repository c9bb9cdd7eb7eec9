import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import { Logger, runMigrations } from 'graphile-worker'
import { type DatabaseTarget, openOwnerPool } from './client.ts'
import { openQueuePool } from './pg.ts'
import { grantApp } from './roles.ts'

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url))
const LOCK = 7_261_001

/** Brings the schema up to date, as its owner, and gives the app its part of it (`app`: whom it logs in as, where that is somebody else). One runner at a time: others wait on an advisory lock and then find nothing to do. */
export async function migrateDatabase(target: DatabaseTarget, app?: DatabaseTarget): Promise<void> {
  const sql = openOwnerPool(target, 1)
  try {
    await sql`select pg_advisory_lock(${LOCK})`
    await sql`set lock_timeout = '2s'`
    await migrateQueue(target)
    await migrate(drizzle(sql), { migrationsFolder: MIGRATIONS })
    await grantApp(sql, typeof app === 'string' ? decodeURIComponent(new URL(app).username) : undefined)
  } finally {
    await sql.end({ timeout: 4 })
  }
}

/** The job queue keeps its tables in a schema of its own. */
async function migrateQueue(target: DatabaseTarget): Promise<void> {
  const pgPool = openQueuePool(target, 1, undefined, null)
  try {
    await runMigrations({ pgPool, logger: new Logger(() => () => undefined) })
  } finally {
    await pgPool.end()
  }
}
