import { expect, test } from 'vitest'
import { editFollow } from '#shared/customers.ts'
import { CustomerId, TagId } from '#shared/ids.ts'
import { listTags, markTags } from '#shared/tags.ts'
import { makeFollowed } from '#server/testing/builders.ts'
import { shopCustomer, shopFollow } from '#server/testing/shop.ts'
import { createWorld } from '#server/testing/world.ts'

const world = await createWorld()
const { deps, shop } = world
const rep = await world.as('rep-a')

test.for(['a tag', 'a remark'])('%s set while the follow ends is written neither here nor to WeCom', async (what) => {
  const customer = await makeFollowed(deps, 'rep-a', { follow: { remark: '旧' } })
  const inWecom = shopFollow('rep-a', { remark: '旧' })
  shop.customers.push(shopCustomer(customer.id, [inWecom]))
  const customerId = CustomerId.parse(customer.id)
  await rep.call(listTags, { customerId })
  // The follow ends after it was looked at and before the change's own transaction.
  const { begin } = deps.sql
  deps.sql.begin = (async (work: never) => {
    await deps.sql`update follows set ended_at = now()`
    return await begin(work)
  }) as typeof begin
  const answer =
    what === 'a tag'
      ? await rep.try(markTags, { customerId, add: [TagId.parse('G-style-1')], remove: [] })
      : await rep.try(editFollow, { customerId, remark: '新' })
  deps.sql.begin = begin
  expect(answer.status).toBe(404)
  const [row] = await deps.sql`select remark, tag_ids from follows where customer_id = ${customerId}`
  expect(row).toEqual({ remark: '旧', tag_ids: [] })
  expect(inWecom).toMatchObject({ remark: '旧', tagIds: [] })
  expect((await deps.sql`select 1 from outbox`).length).toBe(0)
})
