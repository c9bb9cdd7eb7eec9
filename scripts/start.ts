import { createWriteStream, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Config, ConfigError, loadConfig } from '#server/config.ts'
import { EmbeddedPostgresError } from '#server/db/embedded/error.ts'
import { atMost, closers } from './start/closers.ts'
import { Refusal } from './start/refusal.ts'
import { listenForTheEnd } from './start/signals.ts'
import { type Role, startAll } from './start/start-all.ts'

/** `npm start`: with no settings the whole demo, with settings the real thing; the same path for both. */
async function main(): Promise<void> {
  const began = performance.now()
  if (existsSync('.env')) process.loadEnvFile('.env')
  const role = roleOf(process.argv.slice(2))
  const config = loadConfig(process.env)
  if (role !== 'all' && config.database === undefined)
    throw new Refusal('--web 和 --worker 要和 DATABASE_URL 一起用：内置数据库只给一个进程。 They need DATABASE_URL.')
  const open = closers()
  const end = listenForTheEnd()
  process.stdout.write(`旁白 Pangbai · ${config.mode === 'demo' ? '演示 demo' : '正式 real'}\n`)
  try {
    const journal = openJournal(config)
    const starting = startAll(config, journal, open, end.signal, role)
    const url = await Promise.race([starting, end.ended])
    if (url === undefined)
      await atMost(
        2_000,
        starting.catch(() => undefined),
      ) // told to end: how far it got no longer matters
    else welcome(url, performance.now() - began, journal.path, config.setupCode)
    await end.ended
    process.stdout.write('\n正在结束… Ending…\n')
  } finally {
    await open.closeAll()
  }
  if (end.failure()) throw end.failure()
}

/** `--web` or `--worker`: pages and jobs in processes of their own; neither: both in this one. */
function roleOf(args: string[]): Role {
  const [role, ...more] = args
  if (role === undefined) return 'all'
  if (more.length === 0 && (role === '--web' || role === '--worker')) return role === '--web' ? 'web' : 'worker'
  throw new Refusal(`不认识的参数 ${args.join(' ')}，可以是 --web 或 --worker。 Unknown option; --web or --worker.`)
}

/** What the demo's parts log goes to a file, so that the screen stays readable. */
function openJournal(config: Config) {
  mkdirSync(config.dataDir, { recursive: true })
  return createWriteStream(join(config.dataDir, 'pangbai.log'), { flags: 'a' })
}

function welcome(url: string, ms: number, journal: string | Buffer, setupCode: string | undefined): void {
  process.stdout.write(`\n  打开 open  ${url}\n`)
  process.stdout.write(setupCode ? `  接到企业微信 setup  ${url}/setup?code=${setupCode}\n\n` : '\n')
  process.stdout.write(`  ${(ms / 1000).toFixed(1)} s · 日志 log ${journal} · Ctrl-C 结束 ends it\n`)
}

/** Expected failures are a sentence; anything else shows where it happened. */
function tell(error: unknown): void {
  const expected = error instanceof ConfigError || error instanceof Refusal || error instanceof EmbeddedPostgresError
  process.stderr.write(`\n${expected ? error.message : ((error as Error).stack ?? String(error))}\n`)
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    tell(error)
    process.exit(1)
  },
)
