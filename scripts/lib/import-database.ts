import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import postgres, { type Sql } from 'postgres'
import { settings } from '#server/config.ts'
import type { DatabaseTarget } from '#server/db/client.ts'
import { startEmbeddedPostgres } from '#server/db/embedded.ts'

/** The database the product uses: DATABASE_URL, else the embedded one, which may be running already. Its schema is brought up to date. */
export async function openDatabase(): Promise<{ sql: Sql; close(): Promise<void> }> {
  const { DATABASE_URL, DATA_DIR } = settings.pick({ DATABASE_URL: true, DATA_DIR: true }).parse(process.env)
  const embedded = DATABASE_URL ? undefined : await startEmbeddedPostgres({ dataDir: DATA_DIR })
  const target: DatabaseTarget = DATABASE_URL ?? embedded?.target ?? ''
  const options = { max: 2, onnotice: () => undefined, connection: { application_name: 'pangbai-import' } }
  const sql = typeof target === 'string' ? postgres(target, options) : postgres({ ...target, ...options })
  const close = async () => {
    await sql.end({ timeout: 4 })
    await embedded?.stop()
  }
  try {
    await migrateApart(target)
  } catch (error) {
    await close()
    throw error
  }
  return { sql, close }
}

/** Loading the ORM takes more memory than the whole import; in a thread of its own it is given back. */
async function migrateApart(target: DatabaseTarget): Promise<void> {
  const worker = new Worker(new URL('./migrate-worker.ts', import.meta.url), {
    workerData: target,
    resourceLimits: { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 96 },
  })
  await once(worker, 'exit')
}
