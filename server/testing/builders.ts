import { randomUUID } from 'node:crypto'
import type { Deps } from '../context.ts'
import { customers, follows } from '../features/customers/tables.ts'
import { mediaAssets } from '../features/media/tables.ts'
import { departments, members } from '../features/members/tables.ts'
import { buyers, buyerStats, orders } from '../features/orders/tables.ts'
import { replies, replyFolders } from '../features/replies/tables.ts'
import { tagGroups, tags } from '../features/tags/tables.ts'
import { readings } from '../pinyin.ts'

type On = Pick<Deps, 'db' | 'now'>
type Row<T extends { $inferInsert: object }> = Partial<T['$inferInsert']>

/** Every builder stores one row, fills in what the test does not care about, and answers the row. */
const first = async <T>(rows: Promise<T[]>): Promise<T> => (await rows)[0]!

/** A member who may sign in. One who is there already keeps what this call does not name. */
export function makeMember({ db, now }: On, userId: string, row: Row<typeof members> = {}) {
  const member = { userId, name: userId, syncedAt: now(), ...row }
  const kept = { target: members.userId, set: { userId, ...row } }
  return first(db.insert(members).values(member).onConflictDoUpdate(kept).returning())
}

export function makeStore({ db, now }: On, id: number, name: string) {
  return first(db.insert(departments).values({ id, name, syncedAt: now() }).returning())
}

export function makeCustomer({ db }: On, row: Row<typeof customers> = {}) {
  return first(
    db
      .insert(customers)
      .values({ id: `wm${randomUUID()}`, name: '客户', type: 1, ...row })
      .returning(),
  )
}

/** The customer must exist. Read from WeCom just now. */
export function makeFollow({ db, now }: On, customerId: string, userId: string, row: Row<typeof follows> = {}) {
  const tie = { customerId, userId, addedAt: now(), syncedAt: now(), ...row }
  return first(db.insert(follows).values(tie).returning())
}

/** A customer followed by one member. */
export async function makeFollowed(
  on: On,
  userId: string,
  row: { customer?: Row<typeof customers>; follow?: Row<typeof follows> } = {},
) {
  const customer = await makeCustomer(on, row.customer)
  await makeFollow(on, customer.id, userId, row.follow)
  return customer
}

/** Somebody who bought, with sums as given (they are not computed from orders here). */
export async function makeBuyer({ db, now }: On, stats: Row<typeof buyerStats> = {}) {
  const buyer = await first(db.insert(buyers).values({ source: 'test', memberNumber: randomUUID() }).returning())
  const sums = { currency: 'CNY', orderCount: 0, spendFen: 0, refundCount: 0, refundFen: 0, months: {} }
  await db
    .insert(buyerStats)
    .values({ buyerId: buyer.id, ...sums, firstOrderedAt: now(), lastOrderedAt: now(), ...stats })
  return buyer
}

const item = { sku: 'S1', name: '陶瓷马克杯', quantity: 1, unitPriceFen: 2550 }

export function makeOrder({ db, now }: On, buyerId: number, row: Row<typeof orders> = {}) {
  const order = { source: 'test', orderNumber: randomUUID(), kind: 'sale' as const, orderedAt: now(), currency: 'CNY' }
  return first(
    db
      .insert(orders)
      .values({ buyerId, ...order, amountFen: 2550, items: [item], ...row })
      .returning(),
  )
}

/** A company reply of one text, unless `ownerUserId` is given. */
export function makeReply({ db, now }: On, row: Row<typeof replies> = {}) {
  const title = row.title ?? '退换货说明'
  const reply = {
    id: randomUUID(),
    position: 0,
    title,
    parts: [{ type: 'text' as const, text: '七天无理由退换' }],
    ...readings(title),
  }
  return first(
    db
      .insert(replies)
      .values({ ...reply, updatedAt: now(), ...row })
      .returning(),
  )
}

export function makeFolder({ db }: On, id: string, position = 0) {
  return first(db.insert(replyFolders).values({ id, name: id, position }).returning())
}

/** A group of the library with its tags, ids as given. */
export async function makeTagGroup(
  { db, now }: On,
  id: string,
  names: Record<string, string>,
  row: Row<typeof tagGroups> = {},
) {
  const group = { id, name: id, position: 0, tone: 'b' as const, syncedAt: now(), ...row }
  await db.insert(tagGroups).values(group)
  const list = Object.entries(names).map(([tagId, name], position) => ({
    id: tagId,
    groupId: id,
    name,
    position,
    ...readings(name),
  }))
  if (list.length > 0) await db.insert(tags).values(list)
}

/** A picture of the reply library: the smallest PNG header will do. */
export function makePicture({ db }: On, row: Row<typeof mediaAssets> = {}) {
  const content = Buffer.from('89504e470d0a1a0a', 'hex')
  const picture = { id: randomUUID(), name: 'size.png', mime: 'image/png' as const, width: 1, height: 1, content }
  return first(
    db
      .insert(mediaAssets)
      .values({ ...picture, ...row })
      .returning(),
  )
}
