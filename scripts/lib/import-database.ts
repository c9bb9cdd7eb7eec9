import type { Sql } from 'postgres'
import { settings } from '#server/config.ts'
import { openPool } from '#server/db/client.ts'
import { startEmbeddedPostgres } from '#server/db/embedded.ts'
import { migrateDatabase } from '#server/db/migrate.ts'

/** The database the product uses: DATABASE_URL, else the embedded one, which may be running already. Its schema is brought up to date. */
export async function openDatabase(): Promise<{ sql: Sql; close(): Promise<void> }> {
  const used = { DATABASE_URL: true, DATABASE_OWNER_URL: true, DATA_DIR: true } as const
  const { DATABASE_URL, DATABASE_OWNER_URL, DATA_DIR } = settings.pick(used).parse(process.env)
  const embedded = DATABASE_URL ? undefined : await startEmbeddedPostgres({ dataDir: DATA_DIR })
  const target = DATABASE_URL ?? embedded!.target
  await migrateDatabase(DATABASE_OWNER_URL ?? target, target)
  const sql = openPool(target, 2)
  const close = async () => {
    await sql.end({ timeout: 4 })
    await embedded?.stop()
  }
  return { sql, close }
}
