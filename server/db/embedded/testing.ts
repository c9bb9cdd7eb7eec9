import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import type { SocketTarget } from './endpoint.ts'

export const CHILD = fileURLToPath(new URL('child.ts', import.meta.url))
export const asRoot = process.getuid?.() === 0

export interface Started {
  adopted: boolean
  pid: number
  target: SocketTarget
  failed?: string
  process: ChildProcess
}

/** A folder anybody may enter, gone with `remove`. */
export function temporaryFolder(name = 'pangbai-db-'): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), name))
  chmodSync(path, 0o755)
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** Starts the database in a process of its own, as another user if one is given, and waits for what it tells. */
export async function startInChild(
  options: { dataDir: string; native?: string },
  how: { uid?: number; gid?: number; env?: NodeJS.ProcessEnv } = {},
): Promise<Started> {
  const { env, ...user } = how
  const child = spawn(process.execPath, [CHILD, JSON.stringify(options)], {
    ...user,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { ...(JSON.parse(line.toString()) as Omit<Started, 'process'>), process: child }
}

/** Ends a child as the system would (SIGTERM) or as a crash would (SIGKILL), and waits until it is gone. */
export async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}

/** One query on a connection of its own. */
export async function ask<T>(target: SocketTarget, query: string): Promise<T[]> {
  const sql = postgres({ ...target, max: 1, onnotice: () => undefined })
  try {
    return (await sql.unsafe(query)) as unknown as T[]
  } finally {
    await sql.end({ timeout: 2 })
  }
}
