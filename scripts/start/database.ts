import type { Config } from '#server/config.ts'
import { archiveSettings } from '#server/db/backup/archive.ts'
import type { DatabaseTarget } from '#server/db/client.ts'
import { startEmbeddedPostgres } from '#server/db/embedded.ts'
import { holdData } from './refusal.ts'

export interface RunningDatabase {
  target: DatabaseTarget
  close(): Promise<void>
}

/** The database that was given, or the embedded one, which only one start at a time may serve. */
export async function openDatabase(config: Config, log: (line: string) => void): Promise<RunningDatabase> {
  if (config.database !== undefined) return { target: config.database, close: async () => undefined }
  const embedded = await startEmbeddedPostgres({
    dataDir: config.dataDir,
    log,
    ...(config.backupDir && { settings: archiveSettings(config.dataDir, config.backupDir, log) }),
  })
  try {
    const hold = await holdData(embedded.target, config.dataDir)
    return {
      target: embedded.target,
      close: async () => {
        await hold.release()
        await embedded.stop()
      },
    }
  } catch (error) {
    await embedded.stop()
    throw error
  }
}
