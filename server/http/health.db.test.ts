import { Hono } from 'hono'
import { afterAll, expect, test, vi } from 'vitest'
import type { Deps } from '../context.ts'
import { openPool } from '../db/client.ts'
import { createLog } from '../log.ts'
import { createDatabase } from '../testing/database.ts'
import { health } from './health.ts'
import type { Env } from './mount.ts'

const database = await createDatabase()
const sql = openPool(database.target, 1)

afterAll(async () => {
  await sql.end()
  await database.drop()
})

function ask(path: string, using: Pick<Deps, 'sql'> = { sql }) {
  const app = new Hono<Env>()
  health(app, { ...using, log: createLog('silent') })
  return app.request(path)
}

test('the process is alive whatever the database does', async () => {
  expect((await ask('/healthz')).status).toBe(200)
})

test('it is ready when the database answers', async () => {
  const res = await ask('/readyz')
  expect([res.status, await res.json()]).toEqual([200, { status: 'ready' }])
})

test('a database that is not there is told as such', async () => {
  const nowhere = openPool('postgres://nobody@127.0.0.1:9/none', 1)
  const res = await ask('/readyz', { sql: nowhere })
  expect([res.status, await res.json()]).toEqual([503, { status: 'unready', code: 'database_unreachable' }])
  await nowhere.end()
})

test('a database that does not answer within a second is too slow', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  const silent = (() => new Promise(() => undefined)) as unknown as Deps['sql']
  const asked = ask('/readyz', { sql: silent })
  await vi.advanceTimersByTimeAsync(1_001)
  vi.useRealTimers()
  expect(await (await asked).json()).toEqual({ status: 'unready', code: 'database_slow' })
})
