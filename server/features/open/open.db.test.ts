import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { CustomerId } from '#shared/ids.ts'
import { createKey, listKeys, revokeKey } from '#shared/keys.ts'
import { OPEN, type OpenAnswer, type OpenScope } from '#shared/open.ts'
import { listTimeline } from '#shared/timeline.ts'
import { makeFollowed } from '#server/testing/builders.ts'
import { hashTables } from '#server/testing/tables-hash.ts'
import { createWorld } from '#server/testing/world.ts'

const world = await createWorld()
const { deps, clock } = world
const { sql } = deps
const admin = await world.as('admin')
const rep = await world.as('rep')
await sql`insert into member_roles (user_id, role, given_by, given_at) values ('admin', 'admin', 'test', now())`
const keyFor = (...scopes: OpenScope[]) => admin.call(createKey, { name: 'ERP', scopes, days: 30 })
const { secret } = await keyFor('orders', 'fields', 'events')

/** As another system calls: a key, no cookie and no Origin. */
async function post(path: string, body: unknown, { key = randomUUID(), bearer = secret } = {}) {
  const headers = {
    'content-type': 'application/json',
    'idempotency-key': key,
    ...(bearer && { authorization: `Bearer ${bearer}` }),
  }
  const answer = await world.app.request(path, { method: 'POST', headers, body: JSON.stringify(body) })
  const text = await answer.text()
  return { status: answer.status, text, body: JSON.parse(text) as OpenAnswer }
}
const order = (number: string, more: object = {}) => ({
  number,
  at: '2026-01-02T02:00:00Z',
  member: 'm1',
  items: [{ sku: 'S1', name: '陶瓷杯', quantity: 2, unitPriceFen: 1_000 }],
  ...more,
})
const orders = (source: string, ...list: object[]) => ({ source, currency: 'CNY', orders: list })

describe('a key', () => {
  test('is shown once, kept as a hash, and told by its first letters', async () => {
    const made = await keyFor('orders')
    const [row] = await sql`select * from api_keys where id = ${made.key.id}`
    expect([made.secret.length, JSON.stringify(row).includes(made.secret.slice(8))]).toEqual([46, false])
    expect(JSON.stringify(await admin.call(listKeys, {}))).not.toContain(made.secret.slice(8))
  })

  test.for([
    ['none', '', 401],
    ['a wrong one', `pb_${'x'.repeat(43)}`, 401],
    ['a cookie’s', 'not-a-key', 401],
  ] as const)('%s opens nothing', async ([, bearer, status]) => {
    const before = await hashTables(sql)
    expect((await post('/open/v1/orders', orders('none', order('1')), { bearer })).status).toBe(status)
    expect(await hashTables(sql)).toEqual(before)
  })

  test('for another scope, expired, or revoked opens nothing', async () => {
    const events = await keyFor('events')
    const call = () => post('/open/v1/orders', orders('none', order('1')), { bearer: events.secret })
    expect((await call()).status).toBe(403)
    const short = await admin.call(createKey, { name: 'short', scopes: ['orders'], days: 1 })
    const late = () => post('/open/v1/orders', orders('late', order('1')), { bearer: short.secret })
    expect((await late()).status).toBe(200)
    clock.advance(86_400_001)
    expect((await late()).status).toBe(401)
    const gone = await keyFor('orders')
    await admin.call(revokeKey, { keyId: gone.key.id })
    expect((await post('/open/v1/orders', orders('x', order('1')), { bearer: gone.secret })).status).toBe(401)
  })

  test('a member’s session is no key, and a key is no session', async () => {
    const { status } = await world.app.request('/open/v1/orders', {
      method: 'POST',
      headers: admin.headers,
      body: '{}',
    })
    expect(status).toBe(401)
    const answer = await world.app.request('/api/admin/keys', { headers: { authorization: `Bearer ${secret}` } })
    expect(answer.status).toBe(401)
  })
})

describe('orders', () => {
  test('are stored whole and replaced whole; one bad row stops no other and is named', async () => {
    const body = orders(
      'erp',
      order('A1'),
      { number: 'A2' },
      order('A3', { items: [] }),
      order('A4', { member: 'm2', surprise: 1 }),
    )
    const { body: answer } = await post('/open/v1/orders', body)
    expect([answer.stored, answer.refused, answer.rows.map((row) => row.ok)]).toEqual([
      1,
      3,
      [true, false, false, false],
    ])
    expect(answer.rows[1]).toMatchObject({ row: 1, code: 'invalid', message: expect.stringContaining('at') })
    await post(
      '/open/v1/orders',
      orders('erp', order('A1', { items: [{ sku: 'S1', name: '杯', quantity: 1, unitPriceFen: 5 }] })),
    )
    const rows =
      await sql`select order_number, amount_fen::int as fen, jsonb_array_length(items) as n from orders where source = 'erp'`
    expect([...rows]).toEqual([{ order_number: 'A1', fen: 5, n: 1 }])
    expect(
      (
        await sql`select spend_fen::int as fen from buyer_stats s join buyers b on b.id = s.buyer_id where b.source = 'erp'`
      )[0]!['fen'],
    ).toBe(5)
  })

  test('the same batch under one key is once, however often; another batch under it is refused', async () => {
    const key = randomUUID()
    const body = orders('once', order('B1'))
    const answers = await Promise.all(Array.from({ length: 8 }, () => post('/open/v1/orders', body, { key })))
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1)
    expect((await post('/open/v1/orders', orders('once', order('B2')), { key })).status).toBe(409)
    expect((await sql`select 1 from orders where source = 'once'`).length).toBe(1)
  })

  test('find their customer by a job', async () => {
    const { id } = await makeFollowed(deps, 'rep')
    await post('/open/v1/orders', orders('find', order('C1', { member: 'm9', externalUserId: id })))
    await world.work()
    const [row] =
      await sql`select b.member_number as m from customers c join buyers b on b.id = c.buyer_id where c.id = ${id}`
    expect(row?.['m']).toBe('m9')
  })

  test('of another currency are refused as a whole; so are 501', async () => {
    await post('/open/v1/orders', orders('money', order('D1')))
    expect((await post('/open/v1/orders', { ...orders('money', order('D2')), currency: 'USD' })).status).toBe(409)
    expect(
      (await post('/open/v1/orders', orders('many', ...Array.from({ length: 501 }, (_, i) => order(String(i))))))
        .status,
    ).toBe(400)
  })
})

test('fields by name: unknown customers, fields and values that do not fit are named row by row', async () => {
  await sql`insert into custom_fields (id, name, type, options, position) values (${randomUUID()}, '会员等级', 'single', '{金卡,银卡}', 1)`
  const { id } = await makeFollowed(deps, 'rep')
  const row = (more: object) => ({ customer: id, field: '会员等级', value: '金卡', ...more })
  const { body } = await post('/open/v1/customers/fields', {
    rows: [row({}), row({ customer: 'wm-nobody' }), row({ field: '没有' }), row({ value: '铜卡' })],
  })
  expect(body.rows.map((one) => one.code ?? 'ok')).toEqual(['ok', 'unknown_customer', 'unknown_field', 'invalid'])
  expect((await sql`select value, set_by from field_values where customer_id = ${id}`)[0]).toEqual({
    value: '金卡',
    set_by: 'api ERP',
  })
})

test('events stand on the timeline, once for an id', async () => {
  const { id } = await makeFollowed(deps, 'rep')
  const event = { customer: id, id: 'v-1', title: '到店', detail: '静安店，试了两件', at: '2026-01-03T02:00:00Z' }
  await post('/open/v1/events', { events: [event, event] })
  await post('/open/v1/events', { events: [event] })
  const { entries } = await rep.call(listTimeline, { customerId: CustomerId.parse(id) })
  expect(entries.filter((entry) => entry.kind === 'outside').map((entry) => entry.detail)).toEqual([
    { title: '到店', text: '静安店，试了两件', source: 'ERP' },
  ])
})

test('a hundred and twenty calls a minute and key, then 429; a minute later again', async () => {
  const busy = await keyFor('events')
  const call = () => post('/open/v1/events', { events: [{}] }, { bearer: busy.secret })
  for (let i = 0; i < 120; i++) expect((await call()).status).toBe(200)
  expect((await call()).status).toBe(429)
  clock.advance(60_001)
  expect((await call()).status).toBe(200)
})

test('the document and the page say what the routes take', async () => {
  const document = (await (await world.app.request('/open/openapi.json')).json()) as {
    paths: Record<
      string,
      {
        post: {
          requestBody: {
            content: {
              'application/json': { schema: { properties: Record<string, { items?: { required?: string[] } }> } }
            }
          }
        }
      }
    >
  }
  expect(Object.keys(document.paths)).toEqual(OPEN.map(({ endpoint }) => endpoint.path))
  const orders =
    document.paths['/open/v1/orders']!.post.requestBody.content['application/json'].schema.properties['orders']
  expect(orders?.items?.required).toEqual(['number', 'at', 'member', 'items'])
  expect(await (await world.app.request('/open')).text()).toContain('POST /open/v1/events')
})
