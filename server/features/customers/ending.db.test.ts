import { expect, test } from 'vitest'
import { editFollow } from '#shared/customers.ts'
import { CustomerId, TagId } from '#shared/ids.ts'
import { listTags, markTags } from '#shared/tags.ts'
import { makeFollowed } from '#server/testing/builders.ts'
import { shopCustomer, shopFollow } from '#server/testing/shop.ts'
import { createWorld } from '#server/testing/world.ts'

/** WeCom accepts, and before our copy is written the follow ends. */
const world = await createWorld({
  wecom: (real) => ({
    ...real,
    markTags: async (change) => (await real.markTags(change), await end()),
    editRemark: async (change) => (await real.editRemark(change), await end()),
  }),
})
const { deps, shop } = world
const end = async () => void (await deps.sql`update follows set ended_at = now()`)
const rep = await world.as('rep-a')

test.for(['a tag', 'a remark'])('%s set while the follow ends is not written to the ended one', async (what) => {
  const customer = await makeFollowed(deps, 'rep-a', { follow: { remark: '旧' } })
  shop.customers.push(shopCustomer(customer.id, [shopFollow('rep-a')]))
  const customerId = CustomerId.parse(customer.id)
  await rep.call(listTags, { customerId })
  const answer =
    what === 'a tag'
      ? await rep.try(markTags, { customerId, add: [TagId.parse('G-style-1')], remove: [] })
      : await rep.try(editFollow, { customerId, remark: '新' })
  expect(answer.status).toBe(404)
  const [row] = await deps.sql`select remark, tag_ids from follows where customer_id = ${customerId}`
  expect(row).toEqual({ remark: '旧', tag_ids: [] })
})
