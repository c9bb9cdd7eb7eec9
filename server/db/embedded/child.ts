import { startEmbeddedPostgres } from '../embedded.ts'

/**
 * A process of its own for the tests: starts the database with the options given as JSON, tells what came of it in one
 * line of JSON, and stops it on SIGTERM. Killed outright it leaves an orphan, which is the point.
 */
const options = JSON.parse(process.argv[2] ?? '{}') as { dataDir: string; native?: string }
try {
  const database = await startEmbeddedPostgres({ ...options, sync: false })
  process.stdout.write(`${JSON.stringify({ adopted: database.adopted, pid: database.pid, target: database.target })}\n`)
  const open = setInterval(() => undefined, 60_000)
  process.once('SIGTERM', () => void database.stop().finally(() => clearInterval(open)))
} catch (error) {
  process.stdout.write(`${JSON.stringify({ failed: (error as Error).message })}\n`)
  process.exitCode = 1
}
