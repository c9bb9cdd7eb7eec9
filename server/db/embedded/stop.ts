import { spawnSync } from 'node:child_process'
import type { Binaries } from './binaries.ts'
import { cleanEnv } from './cluster.ts'
import type { Home } from './home.ts'
import { findPostmaster } from './postmaster.ts'
import { ended } from './processes.ts'

/**
 * Ends Postgres: open transactions are rolled back, what is committed is written. When that takes over two seconds it is
 * told to drop everything; its log makes the next start whole again.
 */
export async function stopPostmaster(home: Home, binaries: Binaries): Promise<void> {
  const pid = findPostmaster(home)?.pid
  if (pid === undefined) return
  if (process.platform === 'win32') {
    spawnSync(binaries.bin('pg_ctl'), ['stop', '-D', home.data, '-m', 'fast', '-w'], { env: cleanEnv() })
    return
  }
  signal(pid, 'SIGINT')
  if (await ended(pid, 2_000)) return
  signal(pid, 'SIGQUIT')
  if (!(await ended(pid, 500))) signal(pid, 'SIGKILL')
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
