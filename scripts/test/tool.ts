import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Runs a program of node_modules/.bin on the screen. Returns whether it ended well. */
export function runTool(name: string, args: string[], env: Record<string, string> = {}): Promise<boolean> {
  const windows = process.platform === 'win32'
  const program = join(ROOT, 'node_modules/.bin', windows ? `${name}.cmd` : name)
  const child = spawn(program, args, { cwd: ROOT, stdio: 'inherit', shell: windows, env: { ...process.env, ...env } })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code === 0))
  })
}

/** How many things were tried with success and without. */
export interface Tally {
  passed: number
  failed: number
}

export const tallyOf = (ok: boolean): Tally => (ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 })

export const sum = (tallies: Tally[]): Tally =>
  tallies.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed }), { passed: 0, failed: 0 })
