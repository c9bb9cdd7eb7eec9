import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { CustomerId, NoteId, TaskId } from '#shared/ids.ts'
import { createNote } from '#shared/notes.ts'
import { createTask, getToday, settleTask, updateTask } from '#shared/tasks.ts'
import { makeBuyer, makeFollowed, makeTagGroup } from '#server/testing/builders.ts'
import { shopCustomer, shopFollow } from '#server/testing/shop.ts'
import { createWorld } from '#server/testing/world.ts'
import { enqueue } from '#server/jobs/enqueue.ts'

const world = await createWorld()
const { deps, clock } = world
const rep = await world.as('rep-a')
let made = 0

/** A customer of rep-a, in WeCom too. */
async function customer(row: Parameters<typeof makeFollowed>[2] = {}) {
  const id = `wmTask${made++}`
  world.shop.customers.push(shopCustomer(id, [shopFollow('rep-a')]))
  await makeFollowed(deps, 'rep-a', { ...row, customer: { id, name: `客户${made}`, ...row.customer } })
  return CustomerId.parse(id)
}
const at = (text: string) => new Date(`2026-01-${text}:00+08:00`).toISOString()
const task = (over = {}) => ({
  task: TaskId.parse(randomUUID()),
  title: '回访',
  dueAt: at('05T18:00'),
  remind: true,
  repeat: null,
  ...over,
})
const cards = () => world.wecomCalls().filter((call) => call.path.endsWith('message/send'))
async function remind() {
  await enqueue(deps.sql, 'tasks.remind', {})
  await world.work()
}

beforeEach(async () => {
  world.slow(0)
  await deps.sql`delete from tasks`
  await deps.sql`delete from outbox`
})

test('a confirmed promise is known as one, from a note or a message, also when it is put off; what repeats after it is not', async () => {
  const customerId = await customer()
  const promise = task({ title: '明天发客户色卡', promisedFrom: 'send', repeat: 'weekly' })
  await rep.call(createTask, { customerId, ...promise })
  await rep.call(createTask, { customerId, ...promise })
  await rep.call(createTask, { customerId, ...task() })
  const step = task({ title: '到货通知客户', promisedFrom: 'note' })
  const words = { body: '答应到货通知她', result: null, visibility: 'team' as const, mentions: [], files: [] }
  await rep.call(createNote, { customerId, note: NoteId.parse(randomUUID()), ...words, next: step })
  await rep.call(updateTask, { customerId, taskId: promise.task, dueAt: at('07T18:00') })
  await rep.call(settleTask, { customerId, taskId: promise.task, state: 'done' })
  const rows =
    await deps.sql`select title, promised_from from tasks where customer_id = ${customerId} order by title, state`
  expect(rows.map((row) => [row['title'], row['promised_from']])).toEqual([
    ['到货通知客户', 'note'],
    ['回访', null],
    ['明天发客户色卡', 'send'],
    ['明天发客户色卡', null],
  ])
})

describe('a reminder', () => {
  test('comes when the task is due, once, and its link opens this customer', async () => {
    const customerId = await customer()
    await rep.call(createTask, { customerId, ...task() })
    const before = cards().length
    await remind()
    expect(cards()).toHaveLength(before)
    clock.advance(9 * 3_600_000)
    await Promise.all([remind(), remind()])
    await remind()
    expect(cards()).toHaveLength(before + 1)
    expect(cards().at(-1)!.body).toMatchObject({
      touser: 'rep-a',
      msgtype: 'textcard',
      textcard: { title: '待办：回访', url: expect.stringContaining(`/sidebar?customer=${customerId}`) },
    })
  })

  test('of a task that was done, put off or whose customer left in the meantime is not sent', async () => {
    const due = new Date(clock.now().getTime() + 60_000).toISOString()
    const ids = [await customer(), await customer(), await customer()]
    const tasks = await Promise.all(
      ids.map((customerId) => rep.call(createTask, { customerId, ...task({ dueAt: due }) })),
    )
    clock.advance(120_000)
    world.fail('message/send', -1, 100)
    await remind()
    const before = cards().length
    await rep.call(settleTask, { customerId: ids[0]!, taskId: tasks[0]!.id, state: 'done' })
    await rep.call(updateTask, { customerId: ids[1]!, taskId: tasks[1]!.id, dueAt: at('28T10:00') })
    await deps.sql`update follows set ended_at = now() where customer_id = ${ids[2]!}`
    world.slow(0)
    await world.work()
    expect(cards().length).toBe(before)
    expect(await deps.sql`select state from outbox where write ->> 'kind' = 'message'`).toEqual([
      { state: 'dropped' },
      { state: 'dropped' },
      { state: 'dropped' },
    ])
  })

  test('waits out the quiet hours', async () => {
    const customerId = await customer()
    const late = new Date(`${clock.now().toISOString().slice(0, 10)}T15:30:00Z`) // 23:30 in China
    const stored = await rep.call(createTask, { customerId, ...task({ dueAt: late.toISOString() }) })
    expect(new Date(stored.remindAt!).toISOString()).toBe(new Date(late.getTime() + 9.5 * 3_600_000).toISOString())
  })

  test('survives WeCom being away, and comes once it is back', async () => {
    const customerId = await customer()
    await rep.call(createTask, {
      customerId,
      ...task({ dueAt: new Date(clock.now().getTime() + 1_000).toISOString() }),
    })
    clock.advance(60_000)
    world.fail('message/send', -1, 100)
    await remind()
    const [{ state } = { state: '' }] = await deps.sql`select state from outbox where write ->> 'kind' = 'message'`
    expect(state).toBe('waiting')
    world.slow(0)
    await world.work()
    const [after] = await deps.sql`select state from outbox where write ->> 'kind' = 'message'`
    expect(after).toEqual({ state: 'done' })
  })
})

describe('a repeating task', () => {
  test('leads to the next when it is done, once; undoing takes that one back', async () => {
    const customerId = await customer()
    const { id: taskId } = await rep.call(createTask, {
      customerId,
      ...task({ repeat: 'weekly', dueAt: at('05T18:00') }),
    })
    const first = await rep.call(settleTask, { customerId, taskId, state: 'done' })
    const again = await rep.call(settleTask, { customerId, taskId, state: 'done' })
    expect(again.next).toEqual(first.next)
    expect(new Date(first.next!.dueAt) > clock.now()).toBe(true)
    expect(await deps.sql`select count(*)::int as n from tasks`).toEqual([{ n: 2 }])
    expect(await rep.call(settleTask, { customerId, taskId, state: 'open' })).toMatchObject({
      task: { state: 'open' },
      next: null,
    })
    expect(await deps.sql`select count(*)::int as n from tasks`).toEqual([{ n: 1 }])
  })
})

test('a task that is settled is not changed any more', async () => {
  const customerId = await customer()
  const { id: taskId } = await rep.call(createTask, { customerId, ...task() })
  await rep.call(settleTask, { customerId, taskId, state: 'dropped' })
  expect((await rep.try(updateTask, { customerId, taskId, title: '改' })).status).toBe(409)
})

describe('today', () => {
  test('each customer stands there once, under the most pressing reason, and the filters know the others', async () => {
    await deps.sql`update follows set ended_at = now()`
    const now = clock.now().getTime()
    const day = 86_400_000
    await makeTagGroup(deps, '资料', {
      'T-birthday': `生日 ${new Date(now + 8 * 3_600_000).toISOString().slice(5, 10)}`,
    })
    const buyer = await makeBuyer(deps, { orderCount: 3, spendFen: 900_00 })
    const old = { addedAt: new Date(now - 100 * day) }
    const late = await customer({ follow: { ...old, tagIds: ['T-birthday'], touchedAt: new Date(now) } })
    const cold = await customer({
      customer: { buyerId: buyer.id },
      follow: { ...old, touchedAt: new Date(now - 40 * day) },
    })
    const fresh = await customer({ follow: { addedAt: new Date(now - day) } })
    const calm = await customer({ follow: { ...old, touchedAt: new Date(now - day) } })
    await rep.call(createTask, { customerId: late, ...task({ dueAt: new Date(now - day).toISOString() }) })
    const { rows, counts } = await rep.call(getToday, {})
    expect(rows.map((row) => [row.customerId, row.kind])).toEqual([
      [late, 'overdue'],
      [fresh, 'unanswered'],
      [cold, 'cold'],
    ])
    expect(rows.map((row) => row.customerId)).not.toContain(calm)
    expect(rows[0]!.kinds.sort()).toEqual(['birthday', 'overdue'])
    expect(counts).toEqual({ overdue: 1, returned: 0, due: 0, unanswered: 1, cold: 1, birthday: 1 })
    expect((await rep.call(getToday, { kind: 'birthday' })).rows.map((row) => row.customerId)).toEqual([late])
  })

  test('a colleague’s customers and those one no longer follows are not there', async () => {
    await deps.sql`update follows set ended_at = now()`
    const id = await customer()
    await rep.call(createTask, {
      customerId: id,
      ...task({ dueAt: new Date(clock.now().getTime() - 1_000).toISOString() }),
    })
    expect((await rep.call(getToday, {})).rows).toHaveLength(1)
    const other = await world.as('rep-b')
    expect((await other.call(getToday, {})).rows).toEqual([])
    await deps.sql`update follows set ended_at = now() where customer_id = ${id}`
    expect((await rep.call(getToday, {})).rows).toEqual([])
  })
})
