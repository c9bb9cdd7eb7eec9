import { loadConfig } from '../config.ts'
import type { DatabaseTarget } from '../db/client.ts'
import { createLog } from '../log.ts'
import { startServer } from '../main.ts'

/** A server with its worker, in a process of its own that a test may kill: database and settings as JSON. Says `ready` once it is. */
const { database, settings } = JSON.parse(process.argv[2] ?? '{}') as {
  database: DatabaseTarget
  settings: Record<string, string>
}
await startServer(loadConfig(settings), { database, listenPort: 0, log: createLog('silent') })
process.stdout.write('ready\n')
