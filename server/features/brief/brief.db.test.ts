import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { getAside } from '#shared/aside.ts'
import { listAudit } from '#shared/audit.ts'
import { type Brief, dismissBrief, getBrief, getLedBrief, printBrief, printLedBrief, wordBrief } from '#shared/brief.ts'
import { setRefusal } from '#shared/guard.ts'
import { CustomerId } from '#shared/ids.ts'
import { DAY_MS } from '#shared/shop-time.ts'
import { denyTaste } from '#shared/tastes.ts'
import {
  makeBuyer,
  makeFollow,
  makeFollowed,
  makeMember,
  makeOrder,
  makeStore,
  makeTagGroup,
} from '#server/testing/builders.ts'
import { createWorld } from '#server/testing/world.ts'

const world = await createWorld()
const { deps, clock } = world
const { sql } = deps
await makeStore(deps, 5, '静安店')
await makeStore(deps, 6, '别店')
await sql`update departments set leader_user_ids = '{boss}' where id = 5`
await sql`update departments set leader_user_ids = '{other-boss}' where id = 6`
await sql`insert into department_tree values (5, 5), (6, 6)`
const [rep, taker, colleague, boss, otherBoss] = await Promise.all(
  ['rep', 'taker', 'colleague', 'boss', 'other-boss'].map((userId) => world.as(userId)),
)
for (const userId of ['rep', 'taker', 'colleague']) await makeMember(deps, userId, { departmentIds: [5] })
await makeTagGroup(deps, 'G', { 'G-1': '金卡' })
await sql`insert into member_roles (user_id, role, given_by, given_at) values ('boss', 'auditor', 'test', now())`

const ago = (days: number) => new Date(clock.now().getTime() - days * DAY_MS)
const SECRET = '不要告诉别人金丝雀'

async function note(customerId: string, userId: string, body: string, visibility = 'team', id: string = randomUUID()) {
  await sql`insert into notes (id, customer_id, user_id, body, visibility, created_at, updated_at)
    values (${id}, ${customerId}, ${userId}, ${body}, ${visibility}, ${ago(2).toISOString()}, ${ago(2).toISOString()})`
  return id
}
async function task(customerId: string, userId: string, title: string, noteId: string | null = null) {
  const id = randomUUID()
  await sql`insert into tasks (id, customer_id, user_id, note_id, title, due_at, created_at)
    values (${id}, ${customerId}, ${userId}, ${noteId}, ${title}, ${ago(1).toISOString()}, ${ago(3).toISOString()})`
  return id
}

/** A regular of rep's about whom everything is known, in three visibilities. */
async function regular() {
  const buyer = await makeBuyer(deps, { orderCount: 2, spendFen: 5_100 })
  for (const [number, kind] of [
    ['1', 'sale'],
    ['2', 'sale'],
    ['3', 'refund'],
  ] as const)
    await makeOrder(deps, buyer.id, {
      orderNumber: randomUUID(),
      kind,
      orderedAt: ago(10 - Number(number)),
      amountFen: kind === 'sale' ? 2_550 : -2_550,
    })
  const { id } = await makeFollowed(deps, 'rep', {
    customer: { buyerId: buyer.id, name: '静文' },
    follow: { remark: '李静文', salutation: '李姐', tagIds: ['G-1'], addedAt: ago(100), touchedAt: ago(2) },
  })
  await note(id, 'rep', '喜欢驼色大衣，回复很快')
  await note(id, 'rep', '不喜欢深色', 'manager')
  const secret = await note(id, 'rep', `${SECRET}，想买表`, 'private')
  await task(id, 'rep', '发报价')
  await task(id, 'rep', `${SECRET}的待办`, secret)
  const customerId = CustomerId.parse(id)
  await rep!.call(denyTaste, { customerId, word: 'colour:黑色', denied: true })
  await rep!.call(setRefusal, { customerId, reason: '别再发了' })
  return customerId
}
const texts = ({ lines }: Brief) => lines.map(({ text }) => text)
const leaks = (brief: Brief) => JSON.stringify(brief).includes('金丝雀')

/** The tie goes over as a finished transfer leaves it. */
async function handOver(customerId: string) {
  await sql`insert into transfers (batch_id, customer_id, from_user_id, to_user_id, by_user_id, reason, message, state, created_at, settled_at)
    values (${randomUUID()}, ${customerId}, 'rep', 'taker', 'boss', '换店', '', 'done', ${ago(1).toISOString()}, ${clock.now().toISOString()})`
  await sql`update follows set ended_at = ${clock.now().toISOString()} where customer_id = ${customerId} and user_id = 'rep'`
  await makeFollow(deps, customerId, 'taker', { addWay: 202 })
}

const TABLES = {
  note: 'notes',
  task: 'tasks',
  order: 'orders',
  transfer: 'transfers',
  tag: 'tags',
  follow: 'follows',
  segment: 'rfm',
  refusal: 'contact_refusals',
  taste: 'taste_denials',
  send: 'sends',
} as const
const COLUMNS: Partial<Record<keyof typeof TABLES, string>> = {
  follow: 'customer_id',
  segment: 'customer_id',
  refusal: 'customer_id',
  taste: 'word',
  send: 'key',
}
async function exists(kind: string, id: string): Promise<boolean> {
  const table = kind as keyof typeof TABLES
  const text = `select 1 from ${TABLES[table]} where ${COLUMNS[table] ?? 'id'}::text = $1`
  return (await sql.unsafe(text, [id])).length > 0
}

test('the rep who follows reads all parts, each line with a record that exists', async () => {
  const customerId = await regular()
  const brief = await rep!.call(getBrief, { customerId })
  expect([...new Set(brief.lines.map(({ part }) => part))]).toEqual([
    'who',
    'needs',
    'promises',
    'purchases',
    'donts',
    'tone',
  ])
  expect(texts(brief)).toEqual(
    expect.arrayContaining([
      expect.stringContaining('李静文（称呼李姐）'),
      '标签：金卡',
      '喜欢驼色大衣',
      expect.stringMatching(/^发报价（.*已过期 1 天）$/),
      expect.stringMatching(/买 ¥25.50：陶瓷马克杯（累计 2 单 ¥51）$/),
      expect.stringMatching(/退款 ¥25.50/),
      expect.stringMatching(/^不要主动联系.*「别再发了」$/),
      '不喜欢深色',
      '回复很快',
    ]),
  )
  for (const { record } of brief.lines) expect([record, await exists(record.kind, record.id)]).toEqual([record, true])
  expect(brief.lines.filter(({ text }) => text.includes('金丝雀')).every(({ secret }) => secret)).toBe(true)
})

test('after a transfer the taker reads it with the open promises; the former rep and strangers read nothing', async () => {
  const customerId = await regular()
  for (const who of [taker, colleague]) expect((await who!.try(getBrief, { customerId })).status).toBe(404)
  await handOver(customerId)
  const brief = await taker!.call(getBrief, { customerId })
  expect(leaks(brief)).toBe(false)
  expect(texts(brief)).toEqual(
    expect.arrayContaining([
      expect.stringContaining('（称呼李姐）'),
      expect.stringMatching(/由rep移交：换店$/),
      '喜欢驼色大衣',
      expect.stringMatching(/^发报价（.*rep答应的）$/),
    ]),
  )
  expect(texts(brief)).not.toContain('不喜欢深色')
  expect(
    brief.lines.filter(({ record }) => record.kind === 'note' || record.kind === 'task').some((l) => l.record.mine),
  ).toBe(false)
  for (const call of [getBrief, printBrief]) expect((await rep!.try(call, { customerId })).status).toBe(404)
  expect((await colleague!.try(dismissBrief, { customerId, dismissed: true })).status).toBe(404)
})

test('promises of a colleague who still follows are theirs', async () => {
  const customerId = await regular()
  await makeFollow(deps, customerId, 'taker')
  const brief = await taker!.call(getBrief, { customerId })
  expect(brief.lines.filter(({ part }) => part === 'promises')).toEqual([])
})

test('a leader reads it with what is for leaders, without what is private, and it is recorded', async () => {
  const customerId = await regular()
  const led = { customerId, followerId: 'rep' }
  const brief = await boss!.call(getLedBrief, led)
  expect(leaks(brief)).toBe(false)
  expect(texts(brief)).toEqual(expect.arrayContaining(['不喜欢深色', expect.stringMatching(/^发报价/)]))
  for (const call of [getLedBrief, printLedBrief]) {
    expect((await otherBoss!.try(call, led)).status).toBe(404)
    expect((await boss!.try(call, { ...led, followerId: 'taker' })).status).toBe(404)
  }
  const { entries } = await boss!.call(listAudit, {})
  expect(entries[0]).toMatchObject({ action: 'customer.read_as_manager', actor: 'boss', subject: customerId })
})

test('printing is recorded with who, and the foot of the sheet names them', async () => {
  const customerId = await regular()
  expect(await rep!.call(printBrief, { customerId })).toEqual({ by: 'rep', at: clock.now().toISOString() })
  await boss!.call(printLedBrief, { customerId, followerId: 'rep' })
  const { entries } = await boss!.call(listAudit, { action: 'brief.printed' })
  expect(entries.map(({ actor, subject }) => [actor, subject])).toEqual([
    ['boss', customerId],
    ['rep', customerId],
  ])
})

test('the home offers it for 14 days after a transfer, until it is put aside, and again after an undo', async () => {
  const customerId = await regular()
  const offered = async () => (await taker!.call(getAside, { customerId })).handover
  await handOver(customerId)
  expect(await offered()).toMatchObject({ from: 'rep' })
  await taker!.call(dismissBrief, { customerId, dismissed: true })
  expect(await offered()).toBeUndefined()
  await taker!.call(dismissBrief, { customerId, dismissed: false })
  expect(await offered()).toMatchObject({ from: 'rep' })
  await sql`update transfers set settled_at = ${ago(15).toISOString()} where customer_id = ${customerId}`
  await sql`update follows set added_at = ${ago(15).toISOString()} where customer_id = ${customerId} and user_id = 'taker'`
  expect(await offered()).toBeUndefined()
  const { id } = await makeFollowed(deps, 'taker', { follow: { addWay: 201 } })
  expect((await taker!.call(getAside, { customerId: CustomerId.parse(id) })).handover).toMatchObject({ from: null })
})

test('a model’s words are made of the lines alone, each sentence with its lines, and of none that the rep keeps to themselves', async () => {
  const customerId = await regular()
  const ids = (await rep!.call(getBrief, { customerId })).lines.filter(({ secret }) => !secret).map(({ id }) => id)
  const { lines } = await rep!.call(wordBrief, { customerId })
  expect(lines!.length).toBeGreaterThan(0)
  for (const line of lines!) expect([line.text, line.ids.every((id) => ids.includes(id))]).toEqual([line.text, true])
  expect(JSON.stringify(lines)).not.toContain('金丝雀')
})
