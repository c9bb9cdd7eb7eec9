import { spawn, type SpawnOptions } from 'node:child_process'
import { closeSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Binaries } from './binaries.ts'
import { cleanEnv } from './cluster.ts'
import { type Home, socketFolder } from './home.ts'
import { commandOf, isRunning } from './processes.ts'

/** What a running Postgres writes into postmaster.pid. */
export interface Postmaster {
  pid: number
  port: number
  /** The folder of its socket; empty where it listens on TCP only. */
  socket: string
}

const pidFile = (home: Home) => join(home.data, 'postmaster.pid')
const logFile = (home: Home) => join(home.folder, 'postgres.log')

/** The Postgres that serves this cluster now, perhaps an orphan of a killed process. Half-written files count as none. */
export function findPostmaster(home: Home): Postmaster | undefined {
  const [pid, , , port, socket] = linesOf(pidFile(home))
  const found = { pid: Number(pid), port: Number(port), socket: socket ?? '' }
  return found.pid > 0 && found.port > 0 && serves(found.pid, home) ? found : undefined
}

/** After a crash the noted pid may be a zombie's or have gone to another program: only a postgres on this folder counts. */
function serves(pid: number, home: Home): boolean {
  if (!isRunning(pid)) return false
  if (process.platform === 'win32') return true
  const command = commandOf(pid)
  return command.includes('postgres') && command.includes(home.data)
}

/**
 * Postgres will not start while the pid in one of its lock files is alive, whoever has it now. Our own pid it ignores,
 * being its parent's; so files left by a dead server get ours. The rest stays: Postgres still looks for living backends.
 */
export function disownStale(home: Home): void {
  const files = process.platform === 'win32' ? [] : [join(socketFolder(home), '.s.PGSQL.5432.lock')]
  for (const file of [pidFile(home), ...files]) {
    const lines = linesOf(file)
    if (lines.length > 1 && !serves(Number(lines[0]), home)) {
      writeFileSync(file, [process.pid, ...lines.slice(1)].join('\n'))
    }
  }
}

/** Empty when there is no such file. */
function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/**
 * Starts Postgres in a session of its own: Ctrl-C in the terminal must not reach it before the server has drained. It logs
 * to a file, so it outlives us unharmed. Returns a function that tells whether it has ended by itself.
 */
export function launch(home: Home, binaries: Binaries, flags: string[]): { pid: number | undefined; over(): boolean } {
  const log = openLog(home)
  let over = false
  const options: SpawnOptions = { ...home.user, cwd: home.folder, env: cleanEnv(), stdio: ['ignore', log, log] }
  const child =
    process.platform === 'win32'
      ? // pg_ctl sheds an administrator's rights, which Postgres refuses to run with.
        spawn(binaries.bin('pg_ctl'), ['start', '-D', home.data, '-o', flags.join(' ')], options)
      : spawn(binaries.bin('postgres'), ['-D', home.data, ...flags], { ...options, detached: true })
  child.once('exit', (code) => (over = process.platform !== 'win32' || code !== 0))
  child.once('error', () => (over = true))
  child.unref()
  closeSync(log)
  return { pid: child.pid, over: () => over }
}

function openLog(home: Home): number {
  const size = statSync(logFile(home), { throwIfNoEntry: false })?.size ?? 0
  if (size > 5_000_000) renameSync(logFile(home), `${logFile(home)}.old`)
  return openSync(logFile(home), 'a', 0o600)
}

/** The last lines Postgres wrote, for an error that must say why it did not start. */
export function lastWords(home: Home): string {
  return readFileSync(logFile(home), 'utf8').trimEnd().split('\n').slice(-5).join('\n')
}
