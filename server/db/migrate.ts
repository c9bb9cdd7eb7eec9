import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import { type DatabaseTarget, openPool } from './client.ts'

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url))
const LOCK = 7_261_001

/** Brings the schema up to date. One runner at a time: others wait on an advisory lock and then find nothing to do. */
export async function migrateDatabase(target: DatabaseTarget): Promise<void> {
  const sql = openPool(target, 1)
  try {
    await sql`select pg_advisory_lock(${LOCK})`
    await sql`set lock_timeout = '2s'`
    await migrate(drizzle(sql), { migrationsFolder: MIGRATIONS })
  } finally {
    await sql.end({ timeout: 4 })
  }
}
