import { settings } from '#server/config.ts'
import type { DatabaseTarget } from '#server/db/client.ts'
import { startEmbeddedPostgres } from '#server/db/embedded.ts'

/** The database the product uses: DATABASE_URL, else the embedded one, which may be running already. */
export async function openDatabase(): Promise<{ target: DatabaseTarget; close(): Promise<void> }> {
  const { DATABASE_URL, DATA_DIR } = settings.pick({ DATABASE_URL: true, DATA_DIR: true }).parse(process.env)
  if (DATABASE_URL) return { target: DATABASE_URL, close: async () => undefined }
  const embedded = await startEmbeddedPostgres({ dataDir: DATA_DIR })
  return { target: embedded.target, close: () => embedded.stop() }
}
