import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export interface DemoProcess {
  url: string
  port: number
  pid: number
  /** All it has printed so far. */
  said(): string
  /** Sends a signal and waits until the process is gone; returns its exit code (null when killed by the signal). */
  end(signal: NodeJS.Signals): Promise<number | null>
}

const PROGRAM = [process.execPath, '--max-semi-space-size=4', 'scripts/run.mjs', 'scripts/start.ts']

/** Runs `npm start`'s program with these settings and no other of our environment; waits for its address. */
export const startDemoProcess = (settings: Record<string, string>) => start(PROGRAM, settings)

/** The same as a person types it: npm, its shell, then the program. */
export const startThroughNpm = (settings: Record<string, string>) => start(['npm', 'start'], settings)

async function start(command: string[], settings: Record<string, string>, patience = 60_000): Promise<DemoProcess> {
  const port = Number(settings['PORT'] ?? (await freePort()))
  const { child, said } = run(command, { ...settings, PORT: String(port) })
  const url = `http://localhost:${port}`
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no address after ${patience} ms:\n${said()}`)), patience)
    child.stdout?.on('data', () => said().includes(`${url}\n`) && resolve(clearTimeout(late)))
    child.once('exit', (code) => reject(new Error(`ended with ${code}:\n${said()}`)))
  })
  return { url, port, pid: child.pid ?? 0, said, end: (signal) => end(child, signal) }
}

/** Runs it where it is expected not to start: returns what it said and its exit code. */
export async function runToTheEnd(settings: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const { child, said } = run(PROGRAM, settings)
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, said: said() }
}

function run(
  [program = '', ...args]: string[],
  settings: Record<string, string>,
): { child: ChildProcess; said: () => string } {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(WECOM_|DATABASE_URL|SESSION_|PUBLIC_URL|NODE_ENV|NODE_OPTIONS|VITEST|npm_lifecycle)/.test(name),
  )
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { ...Object.fromEntries(kept), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (text += part.toString()))
  return { child, said: () => text }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
  return child.exitCode
}

/** A port nobody listens on at the moment. */
export const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
