import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { startEmbeddedPostgres } from '../embedded.ts'
import { findNative } from './binaries.ts'
import { EmbeddedPostgresError } from './error.ts'
import { canReach } from './service-user.ts'
import { ask, asRoot, CHILD, end, startInChild, temporaryFolder } from './testing.ts'

const folder = temporaryFolder()
afterAll(folder.remove)

/** An ordinary user: `nobody` when the tests run as root, ourselves otherwise. */
const ordinary = asRoot ? { uid: 65_534, gid: 65_534 } : {}
const childReadable = canReach(ordinary, join(CHILD, '..'))

const fresh = (name: string, mode = 0o777) => {
  const path = join(folder.path, name)
  mkdirSync(path)
  chmodSync(path, mode)
  return path
}

/** The npm package as a machine may have it: `pangbai` must be able to run it all the same. */
function installed(name: string, { links, mode }: { links: boolean; mode: number }): string {
  const copy = fresh(name)
  cpSync(join(findNative(), '..'), copy, { recursive: true, verbatimSymlinks: true })
  const list = JSON.parse(readFileSync(join(copy, 'native/pg-symlinks.json'), 'utf8')) as { target: string }[]
  if (!links) for (const { target } of list) rmSync(join(copy, target))
  for (const part of ['', 'native', 'native/lib']) chmodSync(join(copy, part), mode)
  return join(copy, 'native')
}

const running: { stop(): Promise<void> }[] = []
afterEach(async () => {
  for (const database of running.splice(0)) await database.stop()
})
const start = async (options: Parameters<typeof startEmbeddedPostgres>[0]) => {
  const database = await startEmbeddedPostgres({ sync: false, ...options })
  running.push(database)
  return database
}

const startOther: typeof startInChild = async (options, how) => {
  const started = await startInChild(options, how)
  running.push({ stop: () => end(started.process) })
  return started
}

test('root gives Postgres a user of its own, an ordinary user runs it as themselves', async () => {
  const database = await start({ dataDir: fresh('as-me') })
  const uid = Number(spawnSync('ps', ['-o', 'uid=', '-p', String(database.pid)], { encoding: 'utf8' }).stdout)
  if (asRoot) expect(uid).not.toBe(0)
  else expect(uid).toBe(process.getuid?.())
})

test.runIf(childReadable)('an ordinary user needs no right beyond the data folder', async () => {
  const started = await startOther({ dataDir: fresh('ordinary') }, ordinary)
  expect(started.failed).toBeUndefined()
})

test.runIf(asRoot)('root with a data folder the database user cannot enter gets one it can, linked', async () => {
  const dataDir = join(fresh('closed', 0o700), 'data')
  const told: string[] = []
  const database = await start({ dataDir, log: (line) => told.push(line) })
  expect(await ask(database.target, 'select 1 as ok')).toEqual([{ ok: 1 }])
  const elsewhere = realpathSync(join(dataDir, 'postgres'))
  expect(elsewhere).not.toContain(folder.path)
  expect(told.join()).toContain(elsewhere)
  await database.stop()
  rmSync(elsewhere, { recursive: true })
})

test.runIf(asRoot)('a data folder that is root’s alone lets the database user pass, and nobody else', async () => {
  const dataDir = fresh('private', 0o700)
  const database = await start({ dataDir })
  expect(await ask(database.target, 'select 1 as ok')).toEqual([{ ok: 1 }])
  expect(realpathSync(join(dataDir, 'postgres'))).toBe(join(realpathSync(dataDir), 'postgres'))
  expect(statSync(dataDir).mode & 0o777).toBe(0o710)
})

test('skipped install scripts: the missing library links are made', async () => {
  const native = installed('no-scripts', { links: false, mode: 0o755 })
  const database = await start({ dataDir: fresh('no-scripts-data'), native })
  expect(await ask(database.target, 'select 1 as ok')).toEqual([{ ok: 1 }])
  expect(existsSync(join(native, 'lib/libpq.so.5')) || process.platform !== 'linux').toBe(true)
})

test.runIf(childReadable)('a read-only node_modules without links: a copy beside the data is used', async () => {
  const native = installed('read-only', { links: false, mode: 0o555 })
  const dataDir = fresh('read-only-data')
  const started = await startOther({ dataDir, native }, ordinary)
  expect(started.failed).toBeUndefined()
  expect(readdirSync(join(dataDir, 'postgres')).some((name) => name.startsWith('program-'))).toBe(true)
})

test.runIf(asRoot)('a node_modules the database user cannot enter: a copy beside the data is used', async () => {
  const native = installed('closed-modules', { links: true, mode: 0o700 })
  const database = await start({ dataDir: fresh('closed-modules-data'), native })
  expect(await ask(database.target, 'select 1 as ok')).toEqual([{ ok: 1 }])
})

test('a data folder far longer than a socket path may be', async () => {
  const database = await start({ dataDir: join(fresh('long'), '很长的目录'.repeat(12), 'x'.repeat(60)) })
  expect(await ask(database.target, 'select 1 as ok')).toEqual([{ ok: 1 }])
  rmSync(database.target.host, { recursive: true, force: true })
})

test.each(['C', 'zh_CN.GB18030'])('with the locale %s the database speaks UTF-8', async (locale) => {
  const dataDir = fresh(`locale-${locale}`)
  const started = await startOther({ dataDir }, { env: { LANG: locale, LC_ALL: locale } })
  expect(started.failed).toBeUndefined()
  const [row] = await ask(started.target, `select current_setting('server_encoding') as enc, upper('élan 旁白') as up`)
  expect(row).toEqual({ enc: 'UTF8', up: 'ÉLAN 旁白' })
})

test('PG variables in the environment point nothing elsewhere', async () => {
  const env = {
    PGHOST: 'nowhere.invalid',
    PGPORT: '1',
    PGDATA: '/nonexistent',
    PGUSER: 'x',
    PGDATABASE: 'y',
    PGOPTIONS: '-c foo=1',
  }
  const started = await startOther({ dataDir: fresh('env') }, { env })
  expect(started.failed).toBeUndefined()
})

test('data made by another major version is refused in words, and left as it is', async () => {
  const dataDir = fresh('older')
  await (await startEmbeddedPostgres({ dataDir, sync: false })).stop()
  const file = join(dataDir, 'postgres/data/PG_VERSION')
  writeFileSync(file, '16\n')
  await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(/PostgreSQL 16 建的，这里自带的是 \d+/)
  expect(readFileSync(file, 'utf8')).toBe('16\n')
})

test('an initialisation that was cut off leaves nothing half: the next start begins anew', async () => {
  const dataDir = fresh('cut-off')
  const draft = join(dataDir, 'postgres', 'new-2147480000-dead')
  mkdirSync(draft, { recursive: true })
  writeFileSync(join(draft, 'PG_VERSION'), '18\n')
  if (asRoot) spawnSync('chown', ['-R', 'nobody', join(dataDir, 'postgres')])
  const database = await start({ dataDir })
  expect(await ask(database.target, 'select 1 as ok')).toEqual([{ ok: 1 }])
  expect(existsSync(draft)).toBe(false)
})

test('a socket folder in the temp folder that belongs to somebody else is refused', async () => {
  const dataDir = join(fresh('squatted'), 'y'.repeat(110))
  const database = await start({ dataDir })
  await database.stop()
  const socket = database.target.host
  rmSync(socket, { recursive: true })
  writeFileSync(socket, 'not a folder')
  await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(EmbeddedPostgresError)
  rmSync(socket)
})

test('a machine no binaries exist for is told so in one sentence', () => {
  expect(() => findNative('linux', 'riscv64')).toThrow(/linux-riscv64.*DATABASE_URL/)
})
