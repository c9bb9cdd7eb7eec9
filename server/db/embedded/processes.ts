import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const linux = process.platform === 'linux'

const ps = (pid: number, column: string): string =>
  spawnSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? ''

/** The fields of /proc/<pid>/stat after the command's name, which may itself hold spaces and brackets; empty when gone. */
function stat(pid: number): string[] {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return line.slice(line.lastIndexOf(')') + 2).split(' ')
  } catch {
    return [] // the process ended between two looks, which is an answer
  }
}

/** Whether a process runs. A zombie does not, though it still answers to signal 0. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  if (process.platform === 'win32') return true
  const state = linux ? stat(pid)[0] : ps(pid, 'stat')
  return state !== undefined && !/^[ZX]?$/.test(state[0] ?? '')
}

/** The command line of a process; empty when it is gone or hidden. */
export function commandOf(pid: number): string {
  if (!linux) return ps(pid, 'command')
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  } catch {
    return '' // as in stat()
  }
}

/** A pid with its time of birth: pids are handed out again, this pair is not. Empty when the process is gone. */
export function identityOf(pid: number): string {
  if (!isRunning(pid)) return ''
  if (process.platform === 'win32') return String(pid)
  const born = linux ? (stat(pid)[19] ?? '') : ps(pid, 'lstart').replaceAll(/\W/g, '')
  return `${pid}-${born}`
}

/** Waits until a process has ended, at most `patience` ms. Returns whether it has. */
export async function ended(pid: number, patience: number): Promise<boolean> {
  const deadline = Date.now() + patience
  while (isRunning(pid)) {
    if (Date.now() > deadline) return false
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return true
}
