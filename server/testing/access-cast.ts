import { makeBuyer, makeFollow, makeFollowed, makeOrder, makePicture, makeReply, makeTagGroup } from './builders.ts'
import { type OwnedIds, REVIEW_OF, SAMPLE_ASSET, SAMPLE_FIELD, SAMPLE_IMPORT } from './access-ids.ts'
import { ownGroup, shopCustomer, shopFollow } from './shop.ts'
import type { World } from './world.ts'

/** Stands in every private column of the owner's rows. Nobody else's answer may hold it. */
export const CANARY = 'canary'
const PHONE = '13877770000'

/** The whole phone, and as our own answers mask it. */
const PRIVATE = [CANARY, PHONE, '138****0000']
export const leaks = (text: string): boolean => PRIVATE.some((secret) => text.includes(secret))

export interface Cast {
  owner: OwnedIds
  /** What the attackers own themselves. */
  rival: OwnedIds
}

/**
 * `rep-owner` has a customer, replies and sends full of canaries. `rep-foreign` never followed that customer; `rep-ex` did
 * until yesterday. Both have a customer and a reply of their own. `rep-colleague` follows the
 * owner's customer too, and must not be touched. The owner's store has a clerk and stands in a region with a manager; the attackers' store
 * has others. `clerk-ex` and `manager-ex` were one until yesterday. WeCom tells the same story.
 */
export async function castFor({ deps, shop, clock }: World): Promise<Cast> {
  await seatAll(deps)
  const buyer = await makeBuyer(deps, { spendFen: 77_771, months: { [`${CANARY}-month`]: 1 } })
  const items = [{ sku: `${CANARY}-sku`, name: `${CANARY}-item`, quantity: 1, unitPriceFen: 1 }]
  await makeOrder(deps, buyer.id, { items, store: `${CANARY}-store`, orderNumber: `${CANARY}-1` })
  const customer = await makeFollowed(deps, 'rep-owner', {
    customer: { id: 'wm-owned', name: `${CANARY}-name`, avatar: `${CANARY}-avatar`, buyerId: buyer.id },
    follow: {
      remark: `${CANARY}-remark`,
      salutation: `${CANARY}-salutation`,
      description: `${CANARY}-text`,
      company: `${CANARY}-company`,
      phones: [PHONE],
      tagIds: ['G-style-1'],
      personalTags: [{ group: 'own', name: `${CANARY}-tag` }],
    },
  })
  await makeFollow(deps, customer.id, 'rep-ex', { endedAt: clock.now() })
  await makeFollow(deps, customer.id, 'rep-colleague', { remark: 'theirs', tagIds: ['G-level-1'] })
  const parts = [{ type: 'text' as const, text: `${CANARY}-reply` }]
  const reply = await makeReply(deps, { ownerUserId: 'rep-owner', title: `${CANARY}-title`, parts })
  await deps.sql`insert into reply_uses values ('rep-owner', ${reply.id}, 9, now())`
  await deps.sql`insert into tag_marks (customer_id, user_id, tag_id, action, marked_at)
    values (${customer.id}, 'rep-owner', 'G-style-1', 'add', now())`
  await makePicture(deps, { id: SAMPLE_ASSET })
  await ownEntry({ deps }, customer.id, 'rep-owner')

  await deps.sql`insert into custom_fields (id, name, type, position) values (${SAMPLE_FIELD}, '生日', 'text', 1)`
  await deps.sql`insert into field_values values (${customer.id}, ${SAMPLE_FIELD}, ${JSON.stringify(CANARY)}::text::jsonb, 'rep-owner', now())`

  for (const [id, state] of [
    [SAMPLE_IMPORT, 'uploaded'],
    [SAMPLE_FIELD, 'uploaded'],
    [SAMPLE_ASSET, 'finished'],
  ] as const) {
    await deps.sql`insert into import_files (id, user_id, name, size, state, created_at) values (${id}, 'admin-owner', 'a.csv', 4, ${state}, now())`
    await deps.sql`insert into import_parts values (${id}, 0, ${Buffer.from('a,b\n')})`
  }
  await deps.sql`insert into api_keys (id, name, prefix, hash, scopes, created_by, created_at, expires_at)
    values (${SAMPLE_IMPORT}, 'ERP', 'pb_', 'none', '{orders}', 'admin-owner', now(), '2100-01-01')`
  for (const id of [SAMPLE_IMPORT, SAMPLE_FIELD])
    await deps.sql`insert into webhooks (id, url, secret, events, created_at) values (${id}, 'https://example.com', '', '{}', now())`
  await deps.sql`insert into buyers (id, source, member_number) overriding system value values (1000001, 'test', 'conflict')`
  await deps.sql`insert into buyer_matches values (1000001, ${customer.id}, 'phone', 0.9, 'conflict', now())`

  // Everybody's, for what names customers in a list.
  const shared = await makeFollowed(deps, 'rep-owner', { customer: { id: 'wm-shared' } })
  for (const userId of ['rep-foreign', 'rep-ex']) await makeFollow(deps, shared.id, userId)
  await makeTagGroup(deps, 'G-style', { 'G-style-1': '复古英伦', 'G-style-2': '北欧极简' })

  const rivalCustomer = await makeFollowed(deps, 'rep-foreign', { customer: { id: 'wm-rival' } })
  await makeFollow(deps, rivalCustomer.id, 'rep-ex')
  shop.tagGroups.push(ownGroup('G-own', '自建', ['甲', '乙', '丙']))
  shop.customers.push(
    shopCustomer('wm-owned', [
      shopFollow('rep-owner', {
        remark: `${CANARY}-remark`,
        remarkMobiles: [PHONE],
        tagIds: ['G-style-1'],
        personalTags: [{ groupName: 'own', name: `${CANARY}-tag` }],
      }),
      shopFollow('rep-colleague', { remark: 'theirs' }),
      shopFollow('rep-ex', { relation: 'memberDeleted' }),
    ]),
    shopCustomer('wm-rival', [shopFollow('rep-foreign'), shopFollow('rep-ex')]),
  )
  return {
    owner: {
      customerId: customer.id,
      replyId: reply.id,
      entryId: await ownEntry({ deps }, customer.id, 'rep-owner'),
      viewId: await ownView({ deps }, 'rep-owner'),
      batchId: await ownBatch({ deps }, customer.id, 'rep-owner'),
      noteId: await ownNote({ deps }, customer.id, 'rep-owner'),
      taskId: await ownTask({ deps }, customer.id, 'rep-owner'),
      ledNoteId: await ledNote({ deps }, customer.id, 'rep-owner'),
      sampleId: await ownSample({ deps }, 'manager-owner'),
      followerId: 'rep-owner',
      memberId: 'rep-colleague',
    },
    rival: {
      customerId: rivalCustomer.id,
      replyId: '',
      entryId: '',
      noteId: '',
      taskId: '',
      ledNoteId: '',
      sampleId: '',
      viewId: '',
      batchId: '',
      followerId: 'rep-foreign',
      memberId: '',
    },
  }
}

/** A reply of this member's own, for one request. */
export async function ownReply({ deps }: World, userId: string): Promise<string> {
  return (await makeReply(deps, { ownerUserId: userId })).id
}

/** A refused write of this member's, with a canary for its reason. */
export async function ownEntry({ deps }: Pick<World, 'deps'>, customerId: string, userId: string): Promise<string> {
  const [row] = await deps.sql<{ id: string }[]>`
    insert into outbox (customer_id, user_id, write, state, message, created_at)
    values (${customerId}, ${userId}, '{"kind":"tags"}', 'failed', ${userId === 'rep-owner' ? `${CANARY}-why` : null}, now())
    returning id::text`
  return row!.id
}

const wordsOf = (userId: string): string => (userId === 'rep-owner' ? `${CANARY}-words` : 'theirs')

/** A note of this member's. */
export async function ownNote({ deps }: Pick<World, 'deps'>, customerId: string, userId: string): Promise<string> {
  const [row] = await deps.sql<{ id: string }[]>`
    insert into notes (id, customer_id, user_id, body, visibility, created_at, updated_at)
    values (gen_random_uuid(), ${customerId}, ${userId}, ${wordsOf(userId)}, 'private', now(), now()) returning id`
  return row!.id
}

/** A note of somebody's for their leaders, with a verdict of the leader's. */
export async function ledNote(
  { deps: { sql } }: Pick<World, 'deps'>,
  customerId: string,
  userId: string,
): Promise<string> {
  const by = userId === 'rep-owner' ? 'manager-owner' : 'manager-foreign'
  const id = `b${crypto.randomUUID().slice(1)}`
  await sql`insert into notes (id, customer_id, user_id, body, visibility, created_at, updated_at)
    values (${id}, ${customerId}, ${userId}, ${wordsOf(userId)}, 'manager', '2026-01-05T00:00:00Z', now())`
  await sql`insert into note_checks (note_id, user_id, customer_id, created_at, version, flags, flagged)
    values (${id}, ${userId}, ${customerId}, '2026-01-05T00:00:00Z', 1, '[]', false)`
  await sql`insert into note_reviews (id, note_id, version, verdict, by_user_id, at)
    values (${REVIEW_OF(id)}, ${id}, 1, 'passed', ${by}, now())`
  return id
}

/** A draw of this manager's with nothing in it. */
export async function ownSample({ deps: { sql } }: Pick<World, 'deps'>, userId: string): Promise<string> {
  const id = crypto.randomUUID()
  await sql`insert into review_samples (id, user_id, drawn, rest, drawn_at) values (${id}, ${userId}, '{}', '{}', now())`
  return id
}

/** An open task of this member's, long overdue. */
export async function ownTask({ deps }: Pick<World, 'deps'>, customerId: string, userId: string): Promise<string> {
  const [row] = await deps.sql<{ id: string }[]>`
    insert into tasks (id, customer_id, user_id, title, due_at, created_at)
    values (gen_random_uuid(), ${customerId}, ${userId}, ${wordsOf(userId)}, now() - interval '1 year', now()) returning id`
  return row!.id
}

/** A saved view of this member's. */
export async function ownView({ deps }: Pick<World, 'deps'>, userId: string): Promise<string> {
  await deps.sql`delete from saved_views where user_id = ${userId}`
  const [row] = await deps.sql<{ id: string }[]>`
    insert into saved_views (id, user_id, name, filters, saved_at) values (gen_random_uuid(), ${userId}, ${wordsOf(userId)}, '{}', now()) returning id`
  return row!.id
}

/** A finished batch of this member's that changed their customer. */
export async function ownBatch({ deps }: Pick<World, 'deps'>, customerId: string, userId: string): Promise<string> {
  const [row] = await deps.sql<{ id: string }[]>`
    insert into bulk_batches (id, user_id, created_at, finished_at) values (gen_random_uuid(), ${userId}, now(), now()) returning id`
  await deps.sql`insert into bulk_rows (batch_id, customer_id, place, add, remove, added, state, message)
    values (${row!.id}, ${customerId}, 1, '{}', '{}', '{G-style-2}', 'done', ${wordsOf(userId)})`
  return row!.id
}

const [REGION, OWN_STORE, OTHER_REGION, OTHER_STORE] = [10, 11, 20, 21]

/** Everybody's store and role. */
async function seatAll({ sql }: World['deps']): Promise<void> {
  await sql`insert into departments (id, name, parent_id, leader_user_ids, synced_at) values
    (${REGION}, 'region', 1, '{manager-owner}', now()), (${OWN_STORE}, 'store', ${REGION}, '{}', now()),
    (${OTHER_REGION}, 'region', 1, '{manager-foreign}', now()), (${OTHER_STORE}, 'store', ${OTHER_REGION}, '{}', now())`
  await sql`insert into department_tree values (${REGION}, ${REGION}), (${OWN_STORE}, ${OWN_STORE}), (${REGION}, ${OWN_STORE}),
    (${OTHER_REGION}, ${OTHER_REGION}), (${OTHER_STORE}, ${OTHER_STORE}), (${OTHER_REGION}, ${OTHER_STORE})`
  const seats: [string, string[]][] = [
    [String(OWN_STORE), ['rep-owner', 'clerk-owner', 'clerk-ex', 'manager-ex']],
    [String(OTHER_STORE), ['rep-foreign', 'rep-ex', 'clerk-foreign']],
  ]
  for (const [store, people] of seats)
    await sql`update members set main_department_id = ${store}::int, department_ids = array[${store}::int]
      where user_id = any(${people})`
  await sql`insert into member_roles (user_id, role, given_by, given_at) values ('clerk-owner', 'clerk', 'test', now()),
    ('clerk-foreign', 'clerk', 'test', now()), ('admin-owner', 'admin', 'test', now()), ('auditor-owner', 'auditor', 'test', now())`
}
