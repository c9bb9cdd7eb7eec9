import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { TagId } from '#shared/ids.ts'
import { answerTagHint, getTagTrial, listTagHints } from '#shared/tag-hints.ts'
import { enqueue } from '#server/jobs/enqueue.ts'
import { makeBuyer, makeFollow, makeFollowed, makeOrder, makeTagGroup } from '#server/testing/builders.ts'
import { createWorld } from '#server/testing/world.ts'

const world = await createWorld()
const { deps, clock } = world
const { sql } = deps
const DAY = 86_400_000
const rep = await world.as('rep')
const colleague = await world.as('colleague')
await sql`insert into member_roles (user_id, role, given_by, given_at) values ('admin', 'admin', 'test', now())`
const admin = await world.as('admin')

await makeTagGroup(deps, 'G1', {
  vip: 'VIP',
  tea: '下午茶',
  cold: '沉睡',
  box: '礼盒',
  knit: '针织控',
  red: '喜欢红色',
})
await makeTagGroup(deps, 'G2', { gold: '金卡', silver: '银卡' }, { position: 1, singleChoice: true })

const tagged = (...tagIds: string[]) => makeFollowed(deps, 'rep', { follow: { tagIds } })
const many = async (n: number, ...tagIds: string[]) => {
  for (let i = 0; i < n; i++) await tagged(...tagIds)
}
const learn = async () => {
  await enqueue(sql, 'tags.learn', {})
  await world.work()
}
const hints = async (customerId: string, by = rep) =>
  (await by.call(listTagHints, { customerId: customerId as never })).hints
const ids = async (customerId: string, by = rep) => (await hints(customerId, by)).map(({ id }) => id as string)
const noted = (customerId: string, userId: string, body: string, ago = 1) => sql`
  insert into notes (id, customer_id, user_id, body, visibility, created_at, updated_at) values (${randomUUID()}, ${customerId}, ${userId}, ${body}, 'team',
    ${new Date(clock.now().getTime() - ago * DAY).toISOString()}::text::timestamptz, now())`
/** Somebody with a taste for knitwear, as the nightly reading of orders leaves it. */
async function knitter(...tagIds: string[]) {
  const buyer = await makeBuyer(deps, { orderCount: 2 })
  const customer = await makeFollowed(deps, 'rep', { customer: { buyerId: buyer.id }, follow: { tagIds } })
  await sql`insert into buyer_tastes (buyer_id, words, read_at) values (${buyer.id}, '{category:针织衫}', now())`
  return { ...customer, buyer: buyer.id }
}

beforeAll(async () => {
  await many(40, 'vip', 'tea')
  await many(6, 'vip')
  await many(100, 'cold', 'box')
  await many(60, 'cold')
  await many(10)
  for (let i = 0; i < 90; i++) await knitter('knit', 'cold')
  await learn()
})

describe('tags together', () => {
  test('says of how many, beside what is usual; never what the customer has', async () => {
    const found = await hints((await tagged('vip')).id)
    expect(found.map(({ id }) => id)).toEqual(['tea'])
    const [because] = found[0]!.because
    expect(because).toMatchObject({ kind: 'tag', name: 'VIP', both: 40 })
    expect(because).toMatchObject({ share: expect.closeTo(40 / 46), usual: expect.closeTo(40 / 306) })
  })

  test('a tag that left the library is neither suggested nor evidence', async () => {
    await sql`delete from tags where id = 'tea'`
    expect(await ids((await tagged('vip')).id)).toEqual([])
    await sql`insert into tags (id, group_id, name, position, pinyin, initials) values ('tea', 'G1', '下午茶', 1, 'xia wu cha', 'xwc')`
  })

  test('the hold-out is told to an admin, beside the most frequent tags', async () => {
    const trial = await admin.call(getTagTrial, {})
    expect(trial.customers).toBe(306)
    expect(trial.tags).toMatchObject({ cases: 230, spoken: expect.any(Number) })
    expect(trial.tags!.hits).toBeGreaterThan(trial.tags!.usualHits)
    expect(trial.tags!.hits).toBeLessThanOrEqual(trial.tags!.shown)
    expect((await rep.try(getTagTrial, {})).status).toBe(403)
  })

  test('where the hold-out is no better than the most frequent tags, it is silent by itself', async () => {
    const { id } = await tagged('vip')
    expect(await ids(id)).toEqual(['tea'])
    await sql`update tag_trials set tags = jsonb_set(tags, '{usualHits}', tags -> 'hits')`
    expect(await ids(id)).toEqual([])
    await learn()
    expect(await ids(id)).toEqual(['tea'])
    await sql`update tag_trials set tags = jsonb_set(tags, '{spoken}', '29')`
    expect(await ids(id)).toEqual([])
    await learn()
  })
})

describe('what orders show', () => {
  test('a category of theirs, with the line it was read from', async () => {
    const customer = await knitter()
    const items = [{ sku: 'K1', name: '羊绒 针织衫', quantity: 1, unitPriceFen: 19_900 }]
    for (const days of [40, 9])
      await makeOrder(deps, customer.buyer, { items, orderedAt: new Date(clock.now().getTime() - days * DAY) })
    const found = await hints(customer.id)
    expect(found[0]).toMatchObject({
      id: 'knit',
      because: [{ kind: 'order', taste: 'category:针织衫', both: 90, row: { text: '羊绒 针织衫' } }],
    })
    await sql`insert into taste_denials (customer_id, word, user_id, at) values (${customer.id}, 'category:针织衫', 'rep', now())`
    expect(await ids(customer.id)).toEqual([])
  })

  test('a tag rule that holds is a reason, with its facts; not once the tag was taken off by hand', async () => {
    const buyer = await makeBuyer(deps, { orderCount: 4, spendFen: 500_000 })
    const { id } = await makeFollowed(deps, 'rep', { customer: { buyerId: buyer.id } })
    await sql`insert into tag_rules (id, name, tag_id, condition, enabled, saved_by, saved_at)
      values (${randomUUID()}, '大客', 'gold', '{"spendAtLeast": 300000}', false, 'admin', now())`
    expect(await hints(id)).toMatchObject([
      { id: 'gold', because: [{ kind: 'rule', name: '大客', why: '累计 ¥5000 ≥ ¥3000' }] },
    ])
    await sql`insert into follow_events (customer_id, user_id, kind, origin, detail, at) values (${id}, 'rep', 'tags', 'sidebar', '{"removedIds": ["gold"]}', ${clock.now().toISOString()}::text::timestamptz)`
    expect(await ids(id)).toEqual([])
    await sql`delete from tag_rules`
  })
})

describe('words of notes', () => {
  test('one’s own note names it, with its date and words; a colleague’s note is neither evidence nor shown', async () => {
    const { id } = await tagged()
    await makeFollow(deps, id, 'colleague')
    await noted(id, 'colleague', '她说过喜欢下午茶')
    expect(await hints(id)).toEqual([])
    await noted(id, 'rep', '试衣时说喜欢红色')
    const found = await hints(id)
    expect(found).toMatchObject([{ id: 'red', because: [{ kind: 'note', excerpt: '试衣时说喜欢红色' }] }])
    expect(await ids(id, colleague)).toEqual(['tea'])
    expect((await world.nobody.try(listTagHints, { customerId: id as never })).status).toBe(401)
    const stranger = await world.as('stranger')
    expect((await stranger.try(listTagHints, { customerId: id as never })).status).toBe(404)
  })

  test('what she does not like is not suggested', async () => {
    const { id } = await tagged()
    await noted(id, 'rep', '不喜欢红色')
    expect(await hints(id)).toEqual([])
  })

  test('the shop’s synonyms count', async () => {
    const { id } = await tagged()
    await noted(id, 'rep', '要一份送礼的套装')
    expect(await ids(id)).toEqual([])
    await sql`insert into ask_synonyms (position, words, updated_at) values (1, '{礼盒,套装}', now())`
    expect(await ids(id)).toEqual(['box'])
    await sql`delete from ask_synonyms`
  })

  test('of a group that allows one, none beside the one that is on, and never two at once', async () => {
    const on = await tagged('silver')
    await noted(on.id, 'rep', '问金卡怎么升级')
    expect(await ids(on.id)).toEqual([])
    const none = await tagged()
    await noted(none.id, 'rep', '问金卡、银卡的差别')
    expect(await ids(none.id)).toHaveLength(1)
  })
})

describe('what was answered', () => {
  test('turned down it is quiet for 30 days, for colleagues too; taken back, or later, it is there again', async () => {
    const { id } = await tagged('vip')
    await makeFollow(deps, id, 'colleague', { tagIds: ['vip'] })
    const answer = (value: 'accepted' | 'rejected' | null) =>
      rep.call(answerTagHint, { customerId: id as never, tag: 'tea' as TagId, answer: value })
    await answer('rejected')
    expect([await ids(id), await ids(id, colleague)]).toEqual([[], []])
    await answer(null)
    expect(await ids(id)).toEqual(['tea'])
    await answer('rejected')
    clock.advance(29 * DAY)
    expect(await ids(id, await world.as('colleague'))).toEqual([])
    clock.advance(2 * DAY)
    expect(await ids(id, await world.as('colleague'))).toEqual(['tea'])
    clock.advance(-31 * DAY)
    await answer('accepted')
    expect(await ids(id)).toEqual(['tea'])
    expect(await admin.call(getTagTrial, {})).toMatchObject({ accepted: 1, rejected: 0 })
  })

  test('only of one’s own customer', async () => {
    const { id } = await tagged('vip')
    const stranger = await world.as('stranger')
    const answer = { customerId: id as never, tag: 'tea' as TagId, answer: 'rejected' as const }
    expect((await stranger.try(answerTagHint, answer)).status).toBe(404)
    expect(await ids(id)).toEqual(['tea'])
  })
})

test('a customer of two reps is one customer', async () => {
  const { id } = await tagged('vip')
  await makeFollow(deps, id, 'colleague', { tagIds: ['tea'] })
  await learn()
  const { customers } = await admin.call(getTagTrial, {})
  const [row] = await sql`select count(distinct customer_id)::int as n from follows where ended_at is null`
  expect(customers).toBe(row!['n'])
  const [link] = await sql`select together from tag_links where from_word = 'tag:vip' and tag_id = 'tea'`
  expect(link!['together']).toBe(41)
})
