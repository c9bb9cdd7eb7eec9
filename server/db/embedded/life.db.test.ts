import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { startEmbeddedPostgres } from '../embedded.ts'
import { isRunning } from './processes.ts'
import { ask, end, startInChild as startOther, temporaryFolder } from './testing.ts'

const folder = temporaryFolder()
const dataDir = join(folder.path, 'shop')
afterAll(folder.remove)

const start = () => startEmbeddedPostgres({ dataDir, sync: false })

const children: ChildProcess[] = []
afterEach(() => Promise.all(children.splice(0).map((child) => end(child))))
const startInChild: typeof startOther = async (options) => {
  const started = await startOther(options)
  children.push(started.process)
  return started
}

test('two starters on an empty folder end up with one database that serves both', async () => {
  const [one, two] = await Promise.all([startInChild({ dataDir }), startInChild({ dataDir })])
  expect(one.pid).toBe(two.pid)
  expect([one.adopted, two.adopted].toSorted()).toEqual([false, true])
  await ask(one.target, 'create table kept (what text)')
  await ask(two.target, `insert into kept values ('一')`)
  await end((one.adopted ? one : two).process)
  expect(isRunning(one.pid), 'the guest leaves it to its owner').toBe(true)
  await end((one.adopted ? two : one).process)
  expect(isRunning(one.pid), 'the owner ends it').toBe(false)
  expect(readdirSync(join(dataDir, 'postgres')).filter((name) => name.startsWith('new-'))).toEqual([])
})

test('after kill -9 the orphan is adopted, nothing is lost, and the adopter ends it', async () => {
  const killed = await startInChild({ dataDir })
  await ask(killed.target, `insert into kept values ('二')`)
  await end(killed.process, 'SIGKILL')
  expect(isRunning(killed.pid)).toBe(true)
  const adopter = await start()
  expect(adopter).toMatchObject({ adopted: true, pid: killed.pid })
  expect(await ask(adopter.target, 'select what from kept')).toEqual([{ what: '一' }, { what: '二' }])
  await adopter.stop()
  expect(isRunning(killed.pid)).toBe(false)
})

test('when Postgres itself was killed too, the next start recovers what was committed', async () => {
  const killed = await startInChild({ dataDir })
  await ask(killed.target, `insert into kept values ('三')`)
  await end(killed.process, 'SIGKILL')
  process.kill(killed.pid, 'SIGKILL')
  const next = await start()
  expect(next.adopted).toBe(false)
  expect(await ask(next.target, 'select count(*)::int as n from kept')).toEqual([{ n: 3 }])
  await next.stop()
})

test('a lock file whose pid has gone to another program does not stop a start, and that program lives on', async () => {
  const stranger = spawn('sleep', ['60'], { uid: process.getuid?.() })
  await noteDeadPostmaster(stranger.pid ?? 0)
  const database = await start()
  expect(database.adopted).toBe(false)
  await database.stop()
  expect(isRunning(stranger.pid ?? 0)).toBe(true)
  stranger.kill()
})

test('a lock file that names a zombie does not stop a start', async () => {
  const parent = spawn('sh', ['-c', 'sleep 0.05 & echo $!; exec sleep 60'])
  const zombie = await new Promise<number>((resolve) =>
    parent.stdout.once('data', (line: Buffer) => resolve(Number(line))),
  )
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(spawnSync('ps', ['-o', 'stat=', '-p', String(zombie)], { encoding: 'utf8' }).stdout).toMatch(/^Z/)
  await noteDeadPostmaster(zombie)
  const database = await start()
  expect(database.adopted).toBe(false)
  await database.stop()
  parent.kill()
})

test('an import beside a running server uses its database and leaves it running', async () => {
  const server = await startInChild({ dataDir })
  const beside = await start()
  expect(beside).toMatchObject({ adopted: true, pid: server.pid })
  await beside.stop()
  expect(await ask(server.target, 'select 1 as alive')).toEqual([{ alive: 1 }])
  await end(server.process)
  expect(isRunning(server.pid)).toBe(false)
})

test('Ctrl-C in the terminal does not reach Postgres before the server has drained', async () => {
  const server = await startInChild({ dataDir })
  const group = (pid: number) => spawnSync('ps', ['-o', 'pgid=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim()
  expect(group(server.pid)).not.toBe(group(server.process.pid ?? 0))
  await end(server.process)
})

test('Postgres killed under a running server is back within ten seconds, with everything committed', async () => {
  const server = await startInChild({ dataDir })
  await ask(server.target, `insert into kept values ('四')`)
  process.kill(server.pid, 'SIGKILL')
  await expect
    .poll(() => ask(server.target, 'select max(what) as last from kept').catch(String), { timeout: 10_000 })
    .toEqual([{ last: '四' }])
})

test('stopping with a query still running takes no longer than a few seconds', async () => {
  const database = await start()
  const stuck = ask(database.target, 'select pg_sleep(60)').catch((error: Error) => error)
  await new Promise((resolve) => setTimeout(resolve, 100))
  const before = performance.now()
  await database.stop()
  expect(performance.now() - before).toBeLessThan(5_000)
  expect(await stuck).toBeInstanceOf(Error)
  expect(existsSync(join(dataDir, 'postgres/data/postmaster.pid'))).toBe(false)
})

/** A lock file as a crash leaves it, but with the given pid. */
async function noteDeadPostmaster(pid: number): Promise<void> {
  const killed = await startInChild({ dataDir })
  await end(killed.process, 'SIGKILL')
  const file = join(dataDir, 'postgres/data/postmaster.pid')
  const lines = readFileSync(file, 'utf8').split('\n')
  process.kill(killed.pid, 'SIGKILL')
  writeFileSync(file, [pid, ...lines.slice(1)].join('\n'))
}
