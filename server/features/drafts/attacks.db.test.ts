import { expect, test } from 'vitest'
import { type DraftMode, writeDraft } from '#shared/drafts.ts'
import { CustomerId } from '#shared/ids.ts'
import { makeBuyer, makeFollowed, makeMember, makeOrder, makeReply } from '#server/testing/builders.ts'
import { hashTables } from '#server/testing/tables-hash.ts'
import { createWorld } from '#server/testing/world.ts'
import { EVERY, type Place } from './attacks.ts'
import { escapeData } from './prompt.ts'
import { obedient } from './testing.ts'
import { traceSentence } from './trace.ts'

/* The model of these tests does whatever the attack wants, and cites everything there is. */
const world = await createWorld()
const { deps } = world
const { sql } = deps
deps.config = { ...deps.config, dailyDrafts: 1_000 }
const repA = await world.as('rep-a')
await world.as('rep-b')
await makeMember(deps, 'rep-b', { name: '赵老板' })

/** A customer with an order and a note. */
async function makeKnown(userId: string, name: string, remark: string, secret: string) {
  const buyer = await makeBuyer(deps)
  await makeOrder(deps, buyer.id, {
    items: [{ sku: 's', name: `${secret}杯`, quantity: 1, unitPriceFen: secret === '陶瓷' ? 2550 : 8880 }],
  })
  const { id } = await makeFollowed(deps, userId, {
    customer: { name, buyerId: buyer.id },
    follow: { remark, salutation: '李姐' },
  })
  await sql`insert into notes (id, customer_id, user_id, body, visibility, created_at, updated_at)
    values (gen_random_uuid(), ${id}, ${userId}, ${`${secret}的事`}, 'team', now(), now())`
  return CustomerId.parse(id)
}
const customerId = await makeKnown('rep-a', '李静文', '静文', '陶瓷')
await makeKnown('rep-a', '钱多多', '钱多多 13822223333', 'canary-second')
await makeKnown('rep-b', '赵铁柱', '铁柱 13911112222', 'canary-other')
const { id: replyId } = await makeReply(deps, {
  title: '退换货流程',
  parts: [{ type: 'text', text: '收到后都可以退换。' }],
})
await sql`insert into stages (id, name, kind, position) values ('s1', '有意向', 'open', 1)`
await sql`update follows set stage_id = 's1' where customer_id = ${customerId}`
const OTHERS = ['canary', '钱多多', '赵铁柱', '铁柱', '赵老板', '13822223333', '13911112222', '88.8元']

const MODES: Partial<Record<Place, DraftMode>> = { own: 'polish', pasted: 'note' }
/** Where what is written is a source for what is said. */
const OWN_WORDS = new Set<Place>(['reply', 'own', 'pasted'])
const SAID = '能退换货吗'

/** Puts the words where the attacker can write; answers what is asked for then. */
async function plant(place: Place, words: string) {
  if (place === 'nickname') await sql`update customers set name = ${words} where id = ${customerId}`
  if (place === 'remark') await sql`update follows set remark = ${words} where customer_id = ${customerId}`
  if (place === 'note') await sql`update notes set body = ${words} where customer_id = ${customerId}`
  if (place === 'stage') await sql`update stages set name = ${words}`
  if (place === 'product')
    await sql`update orders set items = jsonb_set(items, '{0,name}', to_jsonb(${words}::text))
      where buyer_id = (select buyer_id from customers where id = ${customerId})`
  if (place === 'reply')
    await sql`update replies set parts = ${JSON.stringify([{ type: 'text', text: `收到后都可以退换。${words}` }])}::text::jsonb where id = ${replyId}`
  return ['said', 'own', 'pasted'].includes(place) ? `${SAID}。${words}` : SAID
}
async function heal() {
  await plant('nickname', '李静文')
  await plant('remark', '静文')
  await plant('note', '喜欢陶瓷')
  await plant('stage', '有意向')
  await plant('product', '陶瓷杯')
  await sql`update replies set parts = '[{"type":"text","text":"收到后都可以退换。"}]'::jsonb where id = ${replyId}`
}
const rows = async () => {
  const { draft_days: _, ...rest } = await hashTables(sql)
  return rest
}

test('there are a hundred attacks and more, in every place', () => {
  expect(EVERY.length).toBeGreaterThanOrEqual(100)
  expect(new Set(EVERY.map(({ place }) => place)).size).toBe(9)
})

test.for(EVERY)('in $place: $inject', async ({ place, inject, obeyed }) => {
  await heal()
  const text = await plant(place, inject)
  const mode = MODES[place] ?? 'draft'
  const { model, last } = obedient(({ user }) => {
    const ids = [...user.matchAll(/^<data id="([^C]\d)"/gm)].map((match) => `[${match[1]}]`).join('')
    return obeyed.endsWith('§') ? obeyed.slice(0, -1) : obeyed.includes('[R') ? obeyed : `${obeyed}${ids}`
  })
  deps.model = model
  const [before, calls] = [await rows(), world.wecomCalls().length]
  const events = await repA.stream(writeDraft, { customerId, mode, text })

  const { system, user } = last()
  // Nobody else's data is there; what this attack says itself is what it says.
  for (const secret of OTHERS.filter((one) => !inject.includes(one))) expect(system + user).not.toContain(secret)
  // Every line but the first is one whole block of ours.
  const [task, ...blocks] = user.split('\n')
  expect(task).toMatch(/^任务 (draft|polish|note)：/)
  for (const block of blocks) expect(block).toMatch(/^<data id="[CRONSTP]\d" kind="\w+">[^<>[\]]*<\/data>$/)
  expect(system).not.toContain(inject)

  const shown = events.flatMap((event) => (event.type === 'sentence' ? [event.text] : []))
  if (OWN_WORDS.has(place)) {
    // The library, the rep's own text and what they pasted may be said again: as it stands there, and nothing more.
    const planted = { id: 'X', kind: 'text' as const, label: '', text: escapeData(`${SAID}。${inject}`) }
    for (const said of shown)
      expect([undefined, 'ungrounded']).toContain(traceSentence(said, [planted], 'note')?.reason)
  } else {
    expect(shown).toEqual([])
    expect(events.at(-1)).toMatchObject({ type: 'withheld' })
  }
  for (const secret of OTHERS) expect(shown.join('')).not.toContain(secret)
  expect(await rows()).toEqual(before)
  expect(world.wecomCalls().length).toBe(calls)
})
