import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { freePort, runToTheEnd, startDemoProcess } from './test/demo-process.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'pangbai-start-'))
chmodSync(dataDir, 0o755)
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

const postmaster = () => {
  const file = join(dataDir, 'postgres/data/postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined
}

function lives(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const settings = { DATA_DIR: dataDir, LOG_LEVEL: 'warn' }

test('one command brings up the whole demo, and ends without leaving a process', { timeout: 60_000 }, async () => {
  const demo = await startDemoProcess(settings)
  const ready = await fetch(`${demo.url}/readyz`)
  expect(ready.status).toBe(200)
  expect((await fetch(`${demo.url}/__sim/`)).status).toBe(200)
  const database = postmaster()
  expect(lives(database)).toBe(true)
  const told = performance.now()
  expect(await demo.end('SIGTERM')).toBe(0)
  expect(performance.now() - told).toBeLessThan(5_000)
  expect(lives(database)).toBe(false)
})

test('a second start on the same data, or on a busy port, is refused in a sentence', { timeout: 60_000 }, async () => {
  const demo = await startDemoProcess(settings)
  const twin = await runToTheEnd({ ...settings, PORT: String(await freePort()) })
  expect(twin.code).toBe(1)
  expect(twin.said).toMatch(/另一个旁白使用.*Another Pangbai/)
  expect(twin.said).not.toContain('    at ')
  await demo.end('SIGINT')

  const squatter = createServer()
  const port = await freePort()
  await new Promise<void>((resolve) => squatter.listen(port, resolve))
  const blocked = await runToTheEnd({ ...settings, PORT: String(port) })
  squatter.close()
  expect(blocked.code).toBe(1)
  expect(blocked.said).toContain(String(port))
  expect(blocked.said).not.toContain('    at ')
})

test('after a kill -9 the next start goes on with the same data', { timeout: 60_000 }, async () => {
  const killed = await startDemoProcess(settings)
  await killed.end('SIGKILL')
  const again = await startDemoProcess(settings)
  expect((await fetch(`${again.url}/readyz`)).status).toBe(200)
  const database = postmaster()
  expect(await again.end('SIGTERM')).toBe(0)
  expect(lives(database)).toBe(false)
})
