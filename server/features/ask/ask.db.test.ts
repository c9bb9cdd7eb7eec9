import { expect, test } from 'vitest'
import { askReplies, listSynonyms, saveSynonyms, tryAsk } from '#shared/ask.ts'
import { CustomerId } from '#shared/ids.ts'
import { makeFollowed, makeMember, makeReply } from '#server/testing/builders.ts'
import { createWorld } from '#server/testing/world.ts'

const world = await createWorld()
const { deps } = world
const [repA, repB] = [await world.as('rep-a'), await world.as('rep-b')]
const admin = await world.as('rep-admin')
await deps.sql`insert into member_roles (user_id, role, given_by, given_at) values ('rep-admin', 'admin', 'test', now())`
const customerId = CustomerId.parse((await makeFollowed(deps, 'rep-a')).id)
const text = (words: string) => ({ type: 'text' as const, text: words })
const reply = (title: string, words: string, more: object = {}) =>
  makeReply(deps, { title, parts: [text(words)], ...more })
const ask = async (words: string) =>
  (await repA.call(askReplies, { customerId, text: words })).answers.map((one) => one.reply.title)

await reply('退换货流程', '没有穿过洗过，七天内都可以退换')
await reply('尺码建议', '报一下身高体重，帮您选')
await reply('发货时间', '付款后四十八小时内发出')

test('a question finds the reply, with what matched and how often it is used', async () => {
  const { answers } = await repA.call(askReplies, { customerId, text: '買回去不合適可以退換貨嗎？' })
  expect(answers[0]).toMatchObject({ reply: { title: '退换货流程', scope: 'company', uses: 0, teamUses: 0 } })
  expect(answers[0]!.matched).toContain('退换货')
})

test('a question that no reply speaks of gets no answer, not a wrong one', async () => {
  expect(await ask('你们老板姓什么')).toEqual([])
  expect(await ask('😀')).toEqual([])
})

test('somebody else’s customer cannot be asked for', async () => {
  expect((await repB.try(askReplies, { customerId, text: '退货' })).status).toBe(404)
})

test('a colleague’s personal reply never appears, one’s own does', async () => {
  await reply('羊绒衫起球', '羊绒起球用去球器', { ownerUserId: 'rep-b' })
  expect(await ask('羊绒衫起球怎么办')).toEqual([])
  await reply('羊绒衫起球我的', '羊绒起球用去球器', { ownerUserId: 'rep-a' })
  expect(await ask('羊绒衫起球怎么办')).toEqual(['羊绒衫起球我的'])
})

test('a reply for another team does not appear', async () => {
  await makeMember(deps, 'rep-a', { departmentIds: [77] })
  await reply('干洗店合作', '干洗送到门店', { visibleTo: [78] })
  expect(await ask('干洗店在哪合作')).toEqual([])
})

test('a reply appears while it is valid, without any change of the library', async () => {
  await reply('周年庆赠品', '周年庆送围巾', { validUntil: new Date(Date.now() - 1000) })
  expect(await ask('周年庆赠品有什么')).toEqual([])
  await deps.sql`update replies set valid_until = now() + interval '1 hour' where title = '周年庆赠品'`
  expect(await ask('周年庆赠品有什么')).toEqual(['周年庆赠品'])
})

test('what another process changes or deletes counts for the very next question', async () => {
  const { id } = await reply('停车指引', '地下二层停车免费两小时')
  expect(await ask('哪里停车')).toEqual(['停车指引'])
  await deps.sql`update replies set title = '雨伞租借', parts = '[{"type":"text","text":"前台借雨伞"}]' where id = ${id}`
  expect(await ask('哪里停车')).toEqual([])
  expect(await ask('能借雨伞吗')).toEqual(['雨伞租借'])
  await deps.sql`delete from replies where id = ${id}`
  expect(await ask('能借雨伞吗')).toEqual([])
})

test('between two that answer alike, the one the team uses comes first', async () => {
  const one = await reply('礼盒包装', '送礼包装免费')
  const other = await reply('礼盒包装', '送礼包装免费')
  for (const used of [one, other]) {
    await deps.sql`delete from reply_uses`
    await deps.sql`insert into reply_uses values ('rep-b', ${used.id}, 30, now())`
    const { answers } = await repA.call(askReplies, { customerId, text: '有礼盒包装吗' })
    expect(answers[0]!.reply).toMatchObject({ id: used.id, teamUses: 30 })
  }
})

test('an admin’s synonyms count at once, are recorded, and stand in one group only', async () => {
  await reply('洗涤方式', '三十度水温手洗')
  expect(await ask('能熨烫不')).toEqual([])
  const groups = [{ words: ['熨烫', '洗涤'] }]
  expect(await admin.call(saveSynonyms, { groups })).toEqual({ groups })
  expect(await ask('能熨烫不')).toEqual(['洗涤方式'])
  expect((await admin.call(tryAsk, { text: '能熨烫不' })).found[0]).toMatchObject({ title: '洗涤方式', shown: true })
  expect(await deps.sql`select detail from audit_log where action = 'synonyms.saved'`).toEqual([
    { detail: { groups: 1, words: 2 } },
  ])
  const twice = await admin.try(saveSynonyms, { groups: [{ words: ['换', '退'] }, { words: ['退', '还'] }] })
  expect(twice.status).toBe(400)
  await admin.call(saveSynonyms, { groups: [] })
  expect(await admin.call(listSynonyms, {})).toEqual({ groups: [] })
  expect(await ask('能熨烫不')).toEqual([])
})

test('what the customer said is kept nowhere', async () => {
  const said = '我的订单尾号四九二七要退货'
  await repA.call(askReplies, { customerId, text: said })
  const tables = await deps.sql<{ name: string }[]>`select relname as name from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace`
  for (const { name } of tables) {
    const found = await deps.sql`select 1 from ${deps.sql(name)} t where to_jsonb(t)::text like ${'%四九二七%'}`
    expect([name, found.length]).toEqual([name, 0])
  }
})
