import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { beginBulk, getBulk, previewBulk, undoBulk } from '#shared/bulk.ts'
import { getCustomerCard } from '#shared/customers.ts'
import { BatchId, CustomerId, TagId } from '#shared/ids.ts'
import { listTags, markTags } from '#shared/tags.ts'
import { shopCustomer, shopFollow } from '#server/testing/shop.ts'
import { createWorld } from '#server/testing/world.ts'

/** How many tag changes were on their way to WeCom at once. */
const load = { now: 0, most: 0 }
const world = await createWorld({
  wecom: (real) => ({
    ...real,
    markTags: async (change) => {
      load.most = Math.max(load.most, ++load.now)
      await real.markTags(change).finally(() => load.now--)
    },
  }),
})
const { deps, shop, clock } = world
const [rep, other] = [await world.as('rep-a'), await world.as('rep-b')]
const [BRITISH, NORDIC] = ['G-style-1', 'G-style-2'].map((id) => TagId.parse(id)) as [TagId, TagId]
let made = 0

async function customers(count: number) {
  const list = []
  for (let i = 0; i < count; i++) {
    const tie = shopFollow('rep-a')
    const customer = shopCustomer(`wmBulk${made++}`, [tie])
    shop.customers.push(customer)
    const customerId = CustomerId.parse(customer.externalUserid)
    await rep.call(getCustomerCard, { customerId })
    list.push({ customerId, tie })
  }
  await rep.call(listTags, { customerId: list[0]!.customerId })
  return list
}
const batchOf = (list: { customerId: CustomerId }[], add = [BRITISH], remove: TagId[] = []) => ({
  batch: BatchId.parse(randomUUID()),
  customers: list.map((one) => one.customerId),
  add,
  remove,
})
const marks = () => world.wecomCalls().filter((call) => call.path.endsWith('/mark_tag')).length

beforeEach(async () => {
  world.slow(0)
  clock.advance(60_000)
  await deps.sql`delete from graphile_worker._private_jobs`
})

test('the preview says what would change for whom, and changes nothing', async () => {
  const list = await customers(3)
  await rep.call(markTags, { customerId: list[0]!.customerId, add: [BRITISH], remove: [] })
  const before = marks()
  const { rows, changing } = await rep.call(previewBulk, {
    customers: [...list.map((one) => one.customerId), CustomerId.parse('wmNobody')],
    add: [BRITISH],
    remove: [],
  })
  expect(rows.map((row) => [row.add, row.why])).toEqual([
    [[], 'same'],
    [['复古英伦'], null],
    [['复古英伦'], null],
    [[], 'notYours'],
  ])
  expect([changing, marks()]).toEqual([2, before])
})

test('a batch tags everybody, says what came of each, and is taken back whole', async () => {
  const list = await customers(7)
  await rep.call(markTags, { customerId: list[0]!.customerId, add: [BRITISH], remove: [] })
  const input = batchOf(list)
  await Promise.all([rep.call(beginBulk, input), rep.call(beginBulk, input)])
  await world.work()
  const done = await rep.call(getBulk, { batchId: input.batch })
  expect(done).toMatchObject({ total: 7, done: 7, failed: 0, undoable: true })
  expect(done.rows.filter((row) => row.state === 'same')).toHaveLength(1)
  expect(list.every(({ tie }) => tie.tagIds.includes('G-style-1'))).toBe(true)
  const undo = await rep.call(undoBulk, { batchId: input.batch })
  await rep.call(undoBulk, { batchId: input.batch })
  await world.work()
  expect(await rep.call(getBulk, { batchId: undo.id })).toMatchObject({ total: 6, done: 6, undoable: false })
  expect(list.map(({ tie }) => tie.tagIds.length)).toEqual([1, 0, 0, 0, 0, 0, 0])
})

test('one that WeCom refuses does not stop the others, and its reason is told', async () => {
  const list = await customers(4)
  world.fail('externalcontact/mark_tag', 84061, 1)
  const input = batchOf(list)
  await rep.call(beginBulk, input)
  await world.work()
  const done = await rep.call(getBulk, { batchId: input.batch })
  expect(done).toMatchObject({ done: 3, failed: 1 })
  expect(done.rows[0]).toMatchObject({ state: 'failed', message: expect.any(String) })
})

test('while WeCom is busy the batch waits, and goes on where it stopped', async () => {
  const list = await customers(12)
  world.fail('externalcontact/mark_tag', 45033, 3)
  const input = batchOf(list, [NORDIC])
  await rep.call(beginBulk, input)
  await world.work()
  world.slow(0)
  await world.work()
  expect(await rep.call(getBulk, { batchId: input.batch })).toMatchObject({ total: 12, done: 12, failed: 0 })
  expect(list.every(({ tie }) => tie.tagIds.includes('G-style-2'))).toBe(true)
})

test('a worker that dies between two customers leaves a batch that goes on and is undone whole', async () => {
  const list = await customers(6)
  const input = batchOf(list)
  await rep.call(beginBulk, input)
  // As a worker left it: two done in the transaction of their change, four to do.
  await deps.sql`delete from graphile_worker._private_jobs`
  for (const { customerId } of list.slice(0, 2)) {
    await rep.call(markTags, { customerId, add: [BRITISH], remove: [] })
    await deps.sql`update bulk_rows set state = 'done', added = '{G-style-1}' where batch_id = ${input.batch} and customer_id = ${customerId}`
  }
  await deps.sql`select graphile_worker.add_job('bulk.tag', ${JSON.stringify({ batchId: input.batch })}::text::json)`
  await world.work()
  expect(await rep.call(getBulk, { batchId: input.batch })).toMatchObject({ done: 6 })
  await rep.call(undoBulk, { batchId: input.batch })
  await world.work()
  expect(list.every(({ tie }) => tie.tagIds.length === 0)).toBe(true)
})

test('never more than five customers of a batch are on their way to WeCom at once', async () => {
  const input = batchOf(await customers(17))
  load.most = 0
  world.slow(20)
  await rep.call(beginBulk, input)
  await world.work()
  world.slow(0)
  expect(load.most).toBe(5)
})

test('nobody else sees, undoes or begins anything of a batch', async () => {
  const input = batchOf(await customers(1))
  await rep.call(beginBulk, input)
  expect((await other.try(getBulk, { batchId: input.batch })).status).toBe(404)
  expect((await other.try(undoBulk, { batchId: input.batch })).status).toBe(404)
  expect((await other.try(beginBulk, batchOf([{ customerId: input.customers[0]! }]))).status).toBe(404)
})

test('a tag both ways, two of a single-choice group and a tag that is gone are refused before anything is changed', async () => {
  const [one] = await customers(1)
  for (const [add, remove] of [
    [[BRITISH], [BRITISH]],
    [[TagId.parse('gone')], []],
    [[], []],
  ])
    expect((await rep.try(beginBulk, { ...batchOf([one!]), add: add!, remove: remove! })).status).toBe(400)
})
