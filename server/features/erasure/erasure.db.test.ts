import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { getCustomerCard, refreshCustomer } from '#shared/customers.ts'
import { eraseCustomer, listErasures } from '#shared/erasure.ts'
import { CustomerId, NoteId } from '#shared/ids.ts'
import { createNote } from '#shared/notes.ts'
import { makeBuyer, makeFollowed, makeOrder } from '#server/testing/builders.ts'
import { shopCustomer, shopFollow } from '#server/testing/shop.ts'
import { createWorld } from '#server/testing/world.ts'
import { syncCustomer } from '../sync/service.ts'
import { purgeCustomer, sweepErased } from './service.ts'

const world = await createWorld()
const { deps, owner } = world
const { sql } = deps
const [admin, rep] = [await world.as('admin'), await world.as('rep')]
await sql`insert into member_roles (user_id, role, given_by, given_at) values ('admin', 'admin', 'test', now())`
await rm(join(deps.config.dataDir, 'erased-customers'), { force: true })
const job = { ...deps, actor: { kind: 'job' as const, name: 'test' } }

async function known(id: string) {
  const buyer = await makeBuyer(deps)
  await makeFollowed(deps, 'rep', { customer: { id, name: '要走的人', buyerId: buyer.id } })
  await makeOrder(deps, buyer.id)
  world.shop.customers.push(shopCustomer(id, [shopFollow('rep', { remark: '要走的人' })]))
  const customerId = CustomerId.parse(id)
  const note = NoteId.parse(randomUUID())
  await rep.call(createNote, {
    customerId,
    note,
    body: '记一笔',
    result: null,
    visibility: 'team',
    mentions: [],
    files: [],
    next: null,
  })
  await sql`insert into customer_events (id, customer_id, title, source, at) values (${randomUUID()}, ${id}, '到店', 'ERP', now())`
  // That they were opened is stored by a clock of its own, a second later.
  await expect
    .poll(() => sql`select 1 from customer_openings where customer_id = ${id}`, { timeout: 10_000 })
    .toHaveLength(1)
  return customerId
}
const erase = async (customer: CustomerId) => {
  await admin.call(eraseCustomer, { customer, reason: '客户要求删除' })
  await world.work()
}

/** Every table with a column of customers, and where their id stands in it. */
async function tracesOf(id: string): Promise<string[]> {
  const columns = await owner<{ table_name: string; column_name: string }[]>`
    select table_name, column_name from information_schema.columns where table_schema = 'public'
      and data_type in ('text', 'jsonb', 'ARRAY') and table_name not in ('audit_log', 'drizzle_migrations')`
  const found: string[] = []
  for (const { table_name: table, column_name: column } of columns) {
    const [row] = await owner.unsafe(`select 1 from "${table}" where strpos("${column}"::text, $1) > 0 limit 1`, [id])
    if (row) found.push(`${table}.${column}`)
  }
  return found
}

test('nothing of them is left in any table, and the list says how much went without saying who', async () => {
  const id = await known('wm-goes-away')
  expect((await tracesOf(id)).length).toBeGreaterThan(4)
  await erase(id)
  expect(await tracesOf(id)).toEqual([])
  const [first] = (await admin.call(listErasures, {})).erasures
  expect(first).toMatchObject({
    state: 'done',
    reason: '客户要求删除',
    rows: { notes: 1, orders: 1, follows: 1, customers: expect.any(Number) },
  })
  expect(JSON.stringify(first)).not.toContain('wm-goes')
  expect((await rep.try(getCustomerCard, { customerId: id })).status).toBe(404)
})

test('neither a sync nor an opening nor an order brings them back', async () => {
  const id = await known('wm-stays-away')
  await erase(id)
  await syncCustomer(job, id)
  await rep.try(refreshCustomer, { customerId: id })
  await sql`insert into customers (id, name, type) values (${id}, '又来', 1) on conflict (id) do nothing`
  expect(await sql`select 1 from customers where id = ${id}`).toHaveLength(0)
  expect(await sql`select 1 from follows where customer_id = ${id}`).toHaveLength(0)
})

test('a backup restored from before is swept by the file of marks', async () => {
  const id = await known('wm-restored')
  await erase(id)
  await sql`delete from erased_customers`
  await makeFollowed(deps, 'rep', { customer: { id, name: '备份里的人' } })
  await sweepErased(job)
  expect(await tracesOf(id)).toEqual([])
  await sql`insert into customers (id, name, type) values (${id}, '又来', 1) on conflict (id) do nothing`
  expect(await sql`select 1 from customers where id = ${id}`).toHaveLength(0)
})

test('others are not touched; nobody’s id is 404', async () => {
  const [gone, stays] = [await known('wm-one'), await known('wm-other')]
  const before = await tracesOf(stays)
  await erase(gone)
  expect(await tracesOf(stays)).toEqual(before)
  expect((await admin.try(eraseCustomer, { customer: CustomerId.parse('wm-nobody'), reason: '要求' })).status).toBe(404)
})

test('a purge that is cut off is done again, and is whole', async () => {
  const id = await known('wm-twice')
  await erase(id)
  await purgeCustomer(job, { customerId: id })
  expect(await tracesOf(id)).toEqual([])
})
