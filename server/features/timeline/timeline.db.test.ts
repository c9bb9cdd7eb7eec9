import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { editFollow, getCustomerCard, refreshCustomer } from '#shared/customers.ts'
import { CustomerId, MoveId, NoteId, TagId, TaskId } from '#shared/ids.ts'
import { createNote } from '#shared/notes.ts'
import { recordSend } from '#shared/sends.ts'
import { moveStage, saveStages } from '#shared/stages.ts'
import { listTags, markTags } from '#shared/tags.ts'
import { createTask, settleTask } from '#shared/tasks.ts'
import { listTimeline, setPin, type TimelineEntry } from '#shared/timeline.ts'
import { makeBuyer, makeFollow, makeFollowed, makeOrder } from '#server/testing/builders.ts'
import { rowsRead } from '#server/testing/count.ts'
import { shopCustomer, shopFollow } from '#server/testing/shop.ts'
import { createWorld } from '#server/testing/world.ts'

const world = await createWorld()
const { deps, shop, clock } = world
const rep = await world.as('rep-a')
const colleague = await world.as('rep-b')

async function known(id: string) {
  const tie = shopFollow('rep-a', { remark: '旧' })
  shop.customers.push(shopCustomer(id, [tie, shopFollow('rep-b')]))
  const customerId = CustomerId.parse(id)
  await rep.call(getCustomerCard, { customerId })
  await rep.call(listTags, { customerId })
  return { customerId, tie }
}
const all = async (customerId: CustomerId, filter?: 'notes' | 'tags' | 'tie' | 'tasks' | 'orders' | 'sends') => {
  const entries: TimelineEntry[] = []
  for (let cursor: string | undefined; ;) {
    const page = await rep.call(listTimeline, { customerId, ...(filter && { filter }), ...(cursor && { cursor }) })
    entries.push(...page.entries)
    if (page.nextCursor === null) return entries
    cursor = page.nextCursor
  }
}
const note = (customerId: CustomerId, body: string, visibility: 'team' | 'private' = 'team') => ({
  customerId,
  note: NoteId.parse(randomUUID()),
  body,
  result: null,
  visibility,
  mentions: [],
  files: [],
  next: null,
})

test('everything that happened stands in one list, newest first, with who did it', async () => {
  const { customerId } = await known('wmAll')
  const buyer = await makeBuyer(deps)
  await deps.sql`update customers set buyer_id = ${buyer.id} where id = ${customerId}`
  await makeOrder(deps, buyer.id, { orderedAt: new Date(clock.now().getTime() - 1_000) })
  await makeOrder(deps, buyer.id, { kind: 'refund', amountFen: -100, orderedAt: new Date(clock.now().getTime() - 500) })
  const tick = () => clock.advance(1_000)
  tick()
  await rep.call(createNote, note(customerId, '记一笔'))
  tick()
  const { id: taskId } = await rep.call(createTask, {
    customerId,
    task: TaskId.parse(randomUUID()),
    title: '回访',
    dueAt: '2026-02-01T00:00:00Z',
    remind: false,
    repeat: null,
  })
  tick()
  await rep.call(settleTask, { customerId, taskId, state: 'done' })
  tick()
  await rep.call(markTags, { customerId, add: [TagId.parse('G-style-1')], remove: [] })
  tick()
  await rep.call(editFollow, { customerId, remark: '新' })
  tick()
  await rep.call(recordSend, {
    customerId,
    key: randomUUID(),
    replyId: null,
    part: 0,
    partType: 'text',
    content: '您好',
    outcome: 'ok',
    reason: null,
  })
  tick()
  await rep.call(moveStage, { customerId, move: MoveId.parse(randomUUID()), stage: 'interested', reason: null })
  const entries = await all(customerId)
  expect(entries.map((entry) => entry.kind)).toEqual([
    'stage',
    'send',
    'remark',
    'tags',
    'task_done',
    'task',
    'note',
    'refund',
    'sale',
    'added',
    'added',
  ])
  expect(entries[3]).toMatchObject({ who: 'rep-a', detail: { added: ['复古英伦'], origin: 'sidebar' } })
  expect(entries[2]).toMatchObject({ detail: { before: '旧', after: '新', origin: 'sidebar' } })
  expect(entries[0]).toMatchObject({ detail: { from: null, to: '有意向' } })
  for (const filter of ['notes', 'tags', 'tie', 'tasks', 'orders', 'sends'] as const) {
    const some = await all(customerId, filter)
    expect(some.length).toBeGreaterThan(0)
    expect(entries.filter((entry) => some.some((one) => one.id === entry.id))).toEqual(some)
  }
})

test('a tag changed in WeCom is told as WeCom’s, one that WeCom refused as taken back', async () => {
  const { customerId, tie } = await known('wmTags')
  clock.advance(3_600_000)
  tie.tagIds = ['G-style-2']
  await rep.call(refreshCustomer, { customerId })
  world.fail('externalcontact/mark_tag', 40068, 1)
  await rep.try(markTags, { customerId, add: [TagId.parse('G-style-1')], remove: [] })
  const tags = await all(customerId, 'tags')
  expect(tags.map((entry) => [entry.detail['added'], entry.detail['removed'], entry.detail['origin']])).toEqual([
    [[], ['复古英伦'], 'undo'],
    [['复古英伦'], [], 'sidebar'],
    [[expect.any(String)], [], 'wecom'],
  ])
})

test('a colleague’s private note, tags, tasks and messages are not in one’s list; their team note is', async () => {
  const { customerId } = await known('wmShared')
  await colleague.call(getCustomerCard, { customerId })
  await colleague.call(createNote, note(customerId, '同事的团队记录'))
  await colleague.call(createNote, note(customerId, '同事的私密记录', 'private'))
  await colleague.call(recordSend, {
    customerId,
    key: randomUUID(),
    replyId: null,
    part: 0,
    partType: 'text',
    content: '悄悄话',
    outcome: 'ok',
    reason: null,
  })
  const text = JSON.stringify(await all(customerId))
  expect(text).toContain('同事的团队记录')
  expect(text).not.toMatch(/私密记录|悄悄话/)
})

test('pages neither repeat nor miss an entry while new ones come in, even within one moment', async () => {
  const customerId = CustomerId.parse((await makeFollowed(deps, 'rep-a')).id)
  await deps.sql`insert into notes (id, customer_id, user_id, body, visibility, created_at, updated_at)
    select gen_random_uuid(), ${customerId}, 'rep-a', i::text, 'team', '2026-01-01'::timestamptz + (i / 7) * interval '1 second', now() from generate_series(1, 200) i`
  const seen: string[] = []
  for (let cursor: string | undefined; ;) {
    const page = await rep.call(listTimeline, { customerId, ...(cursor && { cursor }) })
    seen.push(
      ...page.entries
        .filter((entry) => entry.kind === 'note' && !String(entry.detail['body']).startsWith('新'))
        .map((entry) => entry.id),
    )
    if (page.nextCursor === null) break
    cursor = page.nextCursor
    await rep.call(createNote, note(customerId, `新${seen.length}`))
  }
  expect(seen).toHaveLength(200)
  expect(new Set(seen).size).toBe(200)
})

test('page forty of ten thousand entries reads no more rows than the first', async () => {
  const customerId = CustomerId.parse((await makeFollowed(deps, 'rep-a')).id)
  await deps.sql`insert into notes (id, customer_id, user_id, body, visibility, created_at, updated_at)
    select gen_random_uuid(), ${customerId}, 'rep-a', i::text, 'team', '2025-01-01'::timestamptz + i * interval '1 minute', now() from generate_series(1, 5000) i`
  await deps.sql`insert into sends (key, customer_id, user_id, part, part_type, content, outcome, sent_at)
    select gen_random_uuid(), ${customerId}, 'rep-a', 0, 'text', 'x', 'ok', '2025-01-01'::timestamptz + i * interval '1 minute' from generate_series(1, 5000) i`
  await world.owner`analyze notes, sends`
  const statements = await world.statements(() => rep.call(listTimeline, { customerId }))
  const page = statements.find((statement) => statement.includes('union all'))!
  const first = await rowsRead(deps.sql, 'notes', page, [customerId, 'rep-a', null, null, 31])
  const deep = await rowsRead(deps.sql, 'notes', page, [customerId, 'rep-a', '2025-01-02T00:00:00Z', 'note:', 31])
  expect(first).toBeLessThanOrEqual(40)
  expect(deep).toBeLessThanOrEqual(40)
})

test('a pinned entry stands on top until it is unpinned; what one cannot see cannot be pinned', async () => {
  const { customerId } = await known('wmPins')
  const { note: own } = await rep.call(createNote, note(customerId, '要紧'))
  const entry = `note:${own.id}`
  await rep.call(setPin, { customerId, entry, pinned: true })
  await rep.call(setPin, { customerId, entry, pinned: true })
  const page = await rep.call(listTimeline, { customerId })
  expect(page.pins.map((pin) => pin.id)).toEqual([entry])
  expect(page.entries.find((one) => one.id === entry)?.pinned).toBe(true)
  await colleague.call(getCustomerCard, { customerId })
  const { note: secret } = await colleague.call(createNote, note(customerId, '别人的', 'private'))
  expect((await rep.try(setPin, { customerId, entry: `note:${secret.id}`, pinned: true })).status).toBe(404)
  await rep.call(setPin, { customerId, entry, pinned: false })
  expect((await rep.call(listTimeline, { customerId })).pins).toEqual([])
})

test('a stage moves in one call, once for a move; losing a customer wants a reason', async () => {
  const { customerId } = await known('wmStage')
  const move = MoveId.parse(randomUUID())
  expect((await rep.try(moveStage, { customerId, move, stage: 'lost', reason: null })).status).toBe(400)
  expect((await rep.try(moveStage, { customerId, move, stage: 'nowhere', reason: null })).status).toBe(400)
  const input = { customerId, move, stage: 'lost', reason: '去了别家' }
  const answers = await Promise.all(Array.from({ length: 20 }, () => rep.try(moveStage, input)))
  expect(new Set(answers.map((answer) => answer.text)).size).toBe(1)
  expect(await deps.sql`select reason from stage_moves where customer_id = ${customerId}`).toEqual([
    { reason: '去了别家' },
  ])
  expect((await rep.call(getCustomerCard, { customerId })).stage).toMatchObject({ name: '流失' })
})

test('an admin changes the pipeline; who stands in a stage that is gone stays there until they are moved', async () => {
  const { customerId } = await known('wmPipeline')
  await rep.call(moveStage, { customerId, move: MoveId.parse(randomUUID()), stage: 'talking', reason: null })
  const boss = await world.as('boss')
  await deps.sql`insert into member_roles values ('boss', 'admin', 'test', now())`
  const stages = [
    { id: 'visit', name: '到店', kind: 'open' as const },
    { id: 'won', name: '成交', kind: 'won' as const },
  ]
  expect((await boss.call(saveStages, { stages })).stages).toEqual(stages)
  clock.advance(4_000)
  const card = await rep.call(getCustomerCard, { customerId })
  expect([card.stages.map((stage) => stage.name), card.stage?.name]).toEqual([['到店', '成交'], '沟通中'])
  expect(
    (await rep.try(moveStage, { customerId, move: MoveId.parse(randomUUID()), stage: 'talking', reason: null })).status,
  ).toBe(400)
  expect((await boss.try(saveStages, { stages: [stages[0]!, { ...stages[1]!, name: '到店' }] })).status).toBe(400)
})

test('a tie that ends and comes back is told as such', async () => {
  const customer = await makeFollowed(deps, 'rep-b')
  await makeFollow(deps, customer.id, 'rep-a')
  const customerId = CustomerId.parse(customer.id)
  await deps.sql`update follows set ended_at = ${clock.now().toISOString()} where customer_id = ${customer.id} and user_id = 'rep-a'`
  expect((await rep.try(listTimeline, { customerId })).status).toBe(404)
  clock.advance(1_000)
  await deps.sql`update follows set ended_at = null, added_at = ${clock.now().toISOString()}, synced_at = ${clock.now().toISOString()} where customer_id = ${customer.id} and user_id = 'rep-a'`
  expect((await all(customerId, 'tie')).map((entry) => entry.kind).slice(0, 3)).toEqual(
    expect.arrayContaining(['returned', 'ended']),
  )
})
