import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { CustomerId } from '#shared/ids.ts'
import { createReply } from '#shared/replies.ts'
import { makeFollowed } from '#server/testing/builders.ts'
import { createWorld, requestOf } from '#server/testing/world.ts'
import { once } from './service.ts'

const world = await createWorld()
const { deps } = world
const [rep, other] = [await world.as('rep-a'), await world.as('rep-b')]
const path = requestOf(createReply, { title: '一' }).path
const post = (key: string, title: string, who = rep) =>
  who.send('post', path, {
    body: { title, parts: [{ type: 'text', text: '正文' }] },
    headers: { 'idempotency-key': key },
  })

test('fifty equal requests at once make one row and get fifty equal answers', async () => {
  const key = randomUUID()
  const answers = await Promise.all(Array.from({ length: 50 }, () => post(key, '只一条')))
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
  expect(answers[0]!.status).toBe(200)
  expect(await deps.sql`select 1 from replies where title = '只一条'`).toHaveLength(1)
})

test('the same key long afterwards gets the same answer; for another request it is refused', async () => {
  const key = randomUUID()
  const first = await post(key, '原来')
  expect((await post(key, '原来')).body).toEqual(first.body)
  expect((await post(key, '换了')).status).toBe(409)
  expect((await post(key, '原来', other)).status).toBe(200) // Another member's keys are their own.
})

test('two processes with one key: the second waits and gets the first one’s answer', async () => {
  const ctx = { ...deps, actor: { kind: 'member' as const, userId: 'rep-a', name: '' } }
  // Another `wecom` object is another process's memory.
  const elsewhere = { ...ctx, wecom: { ...deps.wecom } }
  const key = randomUUID()
  let done = 0
  const work = async () => {
    await new Promise((resolve) => setTimeout(resolve, 300))
    return JSON.stringify({ n: ++done })
  }
  const answers = await Promise.all([once(ctx, key, 'r', work), once(elsewhere, key, 'r', work)])
  expect(answers.map((text) => JSON.parse(text) as unknown)).toEqual([{ n: 1 }, { n: 1 }])
})

test('a process that died half-way loses its lease, and the request is done by the next', async () => {
  const ctx = { ...deps, actor: { kind: 'member' as const, userId: 'rep-a', name: '' } }
  const key = randomUUID()
  await once(ctx, key, 'r', () => Promise.reject(new Error('refused'))).catch(() => undefined)
  expect(JSON.parse(await once(ctx, key, 'r', () => Promise.resolve('{"n":1}')))).toEqual({ n: 1 })
  const dead = randomUUID()
  const [{ request } = { request: '' }] = await deps.sql<
    { request: string }[]
  >`select request from receipts where key = ${key}`
  await deps.sql`insert into receipts values ('rep-a', ${dead}, ${request}, null, now() - interval '1 second', now())`
  expect(JSON.parse(await once(ctx, dead, 'r', () => Promise.resolve('{"n":2}')))).toEqual({ n: 2 })
})

test('a key that is no uuid is refused, and so is the wrong customer whatever the key', async () => {
  expect((await post('x', '一')).status).toBe(400)
  const customerId = CustomerId.parse((await makeFollowed(deps, 'rep-a')).id)
  const headers = { 'idempotency-key': randomUUID() }
  const body = { title: '回访', dueAt: '2026-02-01T00:00:00Z', remind: false, repeat: null, task: randomUUID() }
  expect((await rep.send('post', `/api/customers/${customerId}/tasks`, { body, headers })).status).toBe(200)
  expect((await other.send('post', `/api/customers/${customerId}/tasks`, { body, headers })).status).toBe(404)
})
