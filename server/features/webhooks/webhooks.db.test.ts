import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createWebhook, listWebhooks, replayWebhook, setWebhook } from '#shared/webhooks.ts'
import { makeFollowed } from '#server/testing/builders.ts'
import { createWorld } from '#server/testing/world.ts'
import { isPublic, problemOf } from './address.ts'
import { headersOf, type Outgoing } from './send.ts'
import { collectEvents, sendDelivery } from './service.ts'

const world = await createWorld()
const { deps, owner } = world
const admin = await world.as('admin')
await deps.sql`insert into member_roles (user_id, role, given_by, given_at) values ('admin', 'admin', 'test', now())`
const job = { ...deps, actor: { kind: 'job' as const, name: 'test' } }
const made = await admin.call(createWebhook, {
  url: 'https://hooks.example.com/in',
  events: ['customer.tags', 'customer.ended'],
})
const hook = async () => (await admin.call(listWebhooks, {})).webhooks.find((one) => one.id === made.webhook.id)!
const happen = async (kind: string) => {
  const { id } = await makeFollowed(deps, 'rep')
  await deps.sql`insert into follow_events (customer_id, user_id, kind, origin, detail, at) values (${id}, 'rep', ${kind}, 'sidebar', '{"added":["金卡"]}', now())`
  return id
}
const waiting = async () => [
  ...(await deps.sql<{ id: string }[]>`select id from webhook_deliveries where state = 'waiting' order by event_id`),
]
/** Sends what waits, each answered so. */
async function deliver(answer: () => Promise<number>): Promise<Outgoing[]> {
  const sent: Outgoing[] = []
  for (const { id } of await waiting())
    await sendDelivery(job, { delivery: id }, async (outgoing) => {
      sent.push(outgoing)
      return await answer()
    })
  return sent
}

test('what happened is told once to who wants it, signed so that the receiver can check it', async () => {
  await happen('tags')
  await collectEvents(job)
  const id = await happen('tags')
  await happen('remark')
  for (let minute = 0; minute < 3; minute++) await collectEvents(job)
  const sent = await deliver(async () => 204)
  expect(sent.map((one) => (JSON.parse(one.body) as { data: { customer: string } }).data.customer)).toEqual([id])
  const [one] = sent
  const expected = createHmac('sha256', Buffer.from(made.secret.slice(6), 'base64'))
    .update(`${one!.id}.${one!.timestamp}.${one!.body}`)
    .digest('base64')
  expect(headersOf(one!)['webhook-signature']).toBe(`v1,${expected}`)
  expect(await hook()).toMatchObject({ waiting: 0, done: 1, dead: 0 })
  expect(await deliver(async () => 204)).toEqual([])
})

test('a receiver that fails is tried eight times, then put aside, and told again when somebody says so', async () => {
  await happen('ended')
  for (let minute = 0; minute < 2; minute++) await collectEvents(job)
  for (let i = 0; i < 8; i++) await deliver(async () => 500)
  expect(await hook()).toMatchObject({ waiting: 0, dead: 1, lastError: '对方答了 500' })
  expect(await admin.call(replayWebhook, { webhookId: made.webhook.id })).toEqual({ replayed: 1 })
  expect((await deliver(async () => 200)).length).toBe(1)
  expect(await hook()).toMatchObject({ done: 2, dead: 0 })
})

test('switched off nothing goes out and nothing is lost', async () => {
  await admin.call(setWebhook, { webhookId: made.webhook.id, enabled: false })
  await happen('tags')
  for (let minute = 0; minute < 2; minute++) await collectEvents(job)
  expect(await deliver(async () => 200)).toEqual([])
  await admin.call(setWebhook, { webhookId: made.webhook.id, enabled: true })
  expect((await deliver(async () => 200)).length).toBe(1)
})

test('the secret is shown once and kept sealed', async () => {
  const [row] = await owner`select * from webhooks where id = ${made.webhook.id}`
  expect([
    JSON.stringify(row).includes(made.secret.slice(6, 20)),
    JSON.stringify(await hook()).includes('whsec'),
  ]).toEqual([false, false])
})

describe('only public addresses', () => {
  test.for([
    '127.0.0.1',
    '10.1.2.3',
    '172.20.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    'fc00::1',
    'fe80::1',
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    '0:0:0:0:0:FFFF:127.0.0.1',
    '0000:0000:0000:0000:0000:ffff:a9fe:a9fe',
    '::127.0.0.1',
    '64:ff9b::a00:1',
    '2002:7f00:1::',
    'fe80::1%eth0',
    'fec0::1',
    '203.0.113.9',
    '224.0.0.1',
    '2130706433',
    'not-an-ip',
  ])('%s is nobody’s server', (ip) => expect(isPublic(ip)).toBe(false))
  test.for(['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946', '::ffff:93.184.216.34', '::ffff:5db8:d822'])(
    '%s is',
    (ip) => expect(isPublic(ip)).toBe(true),
  )
  test.for([
    'http://example.com/',
    'https://example.com:5432/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://localhost/',
    'https://db.internal/',
    'https://a:b@example.com/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://[::ffff:169.254.169.254]/',
    'https://localhost./',
  ])('%s is refused when it is set', async (url) => {
    expect(problemOf(url)).toBeDefined()
    expect((await admin.try(createWebhook, { url, events: ['customer.tags'] })).status).toBe(400)
  })
})
