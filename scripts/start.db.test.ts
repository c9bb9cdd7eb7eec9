import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { isRunning } from '#server/db/embedded/processes.ts'
import { startSimulator } from '../simulator/start.ts'
import { buildShop } from '../simulator/shop/shop.ts'
import { freePort, runToTheEnd, startDemoProcess, startThroughNpm } from './test/demo-process.ts'
import { wecomEnv } from '#server/testing/wecom-env.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'pangbai-start-'))
chmodSync(dataDir, 0o755)
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

const postmaster = () => {
  const file = join(dataDir, 'postgres/data/postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined
}

const lives = (pid: number | undefined) => pid !== undefined && isRunning(pid)

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

test('a SIGTERM to npm itself leaves no process either', { timeout: 60_000 }, async () => {
  const demo = await startThroughNpm(settings)
  const database = postmaster()
  await demo.end('SIGTERM')
  await expect.poll(() => lives(database), { timeout: 5_000 }).toBe(false)
  await expect
    .poll(
      () =>
        fetch(demo.url).then(
          () => 'answers',
          () => 'silent',
        ),
      { timeout: 5_000 },
    )
    .toBe('silent')
})

test(
  'with settings the same command runs for a WeCom elsewhere, and has no pretend one',
  { timeout: 60_000 },
  async () => {
    const elsewhere = await startSimulator({ port: 0, shop: buildShop(new Date()) })
    const { oauthBase } = elsewhere.settings
    const port = await freePort()
    const real = await startDemoProcess({
      ...settings,
      PORT: String(port),
      PUBLIC_URL: `http://localhost:${port}`,
      SESSION_SECRET: 'a-secret-for-one-test-only-0123456789',
      ...wecomEnv(elsewhere.settings),
    })
    expect((await fetch(`${real.url}/healthz`)).status).toBe(200)
    expect((await fetch(`${real.url}/__sim/`)).status).toBe(404)
    const signIn = await fetch(`${real.url}/auth/login`, { redirect: 'manual' })
    expect(signIn.headers.get('location')).toContain(new URL(oauthBase).host)
    expect(await real.end('SIGTERM')).toBe(0)
    await elsewhere.close()
  },
)

test('production without its settings is refused, every one of them named, before anything is started', async () => {
  const { code, said } = await runToTheEnd({ DATA_DIR: join(dataDir, 'never'), NODE_ENV: 'production' })
  expect(code).toBe(1)
  for (const name of ['SESSION_SECRET', 'PUBLIC_URL', 'WECOM_CORP_ID', 'WECOM_SECRET']) expect(said).toContain(name)
  expect(existsSync(join(dataDir, 'never'))).toBe(false)
})
