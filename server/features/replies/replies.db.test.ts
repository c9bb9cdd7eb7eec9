import { expect, test } from 'vitest'
import { AssetId, CustomerId, ReplyId } from '#shared/ids.ts'
import { getCustomerCard } from '#shared/customers.ts'
import {
  copyReply,
  createReply,
  deleteReply,
  listReplies,
  moveReply,
  setFavourite,
  updateReply,
  uploadAsset,
} from '#shared/replies.ts'
import { listSent, recordSend } from '#shared/sends.ts'
import { makeFolder, makeFollowed, makeMember, makePicture, makeReply } from '#server/testing/builders.ts'
import { rowsRead } from '#server/testing/count.ts'
import { createWorld } from '#server/testing/world.ts'

const world = await createWorld()
const { deps } = world
const [repA, repB] = [await world.as('rep-a'), await world.as('rep-b')]
const text = (words: string) => ({ type: 'text' as const, text: words })
const mine = { title: '尺码建议', parts: [text('您平时穿 M，这款选 M 就合适')] }

test('a member sees the company’s replies and their own, own first, and nobody else’s', async () => {
  await makeFolder(deps, '尺码')
  const company = await makeReply(deps, { title: '退换货', folderId: '尺码' })
  const own = await repA.call(createReply, mine)
  const { folders, replies } = await repA.call(listReplies, {})
  expect(folders).toEqual([{ id: '尺码', name: '尺码' }])
  expect(replies.map((reply) => [reply.id, reply.scope])).toEqual([
    [own.id, 'personal'],
    [company.id, 'company'],
  ])
  expect((await repB.call(listReplies, {})).replies.map((reply) => reply.id)).toEqual([company.id])
})

test('a new reply is searchable by pinyin and initials at once', async () => {
  expect(await repA.call(createReply, { title: ' 退换货 ', parts: [text('七天')] })).toMatchObject({
    title: '退换货',
    pinyin: 'tui huan huo',
    initials: 'thh',
    parts: [{ type: 'text', text: '七天' }],
  })
})

test('editing replaces all parts and reads the new title', async () => {
  const assetId = AssetId.parse((await makePicture(deps)).id)
  const image = { type: 'image' as const, assetId, name: 'a.png', width: 1, height: 1 }
  const reply = await makeReply(deps, { ownerUserId: 'rep-a', parts: [text('旧')] })
  const edited = await repA.call(updateReply, {
    replyId: ReplyId.parse(reply.id),
    title: '包邮',
    parts: [image, text('新')],
  })
  expect(edited).toMatchObject({ initials: 'by', parts: [image, text('新')] })
})

test('a company reply and a colleague’s can be neither changed nor deleted', async () => {
  const rows = [await makeReply(deps), await makeReply(deps, { ownerUserId: 'rep-b' })]
  for (const { id } of rows) {
    const replyId = ReplyId.parse(id)
    expect((await repA.try(updateReply, { replyId, ...mine })).status).toBe(404)
    expect((await repA.try(deleteReply, { replyId })).status).toBe(404)
  }
  expect(
    await deps.sql`select 1 from replies where id = any(${rows.map((row) => row.id)}) and title = '退换货说明'`,
  ).toHaveLength(2)
})

test('a deleted reply is gone, with its counts', async () => {
  const { id: replyId } = await repA.call(createReply, mine)
  expect(await repA.call(deleteReply, { replyId })).toEqual({ ok: true })
  expect((await repA.try(deleteReply, { replyId })).status).toBe(404)
})

test('uses count this member, team uses count everyone', async () => {
  const reply = await makeReply(deps, { title: '数一数' })
  for (const [rep, userId, times] of [
    [repA, 'rep-a', 2],
    [repB, 'rep-b', 1],
  ] as const) {
    const customer = await makeFollowed(deps, userId)
    for (let i = 0; i < times; i++) {
      const sent = { part: 0, partType: 'text' as const, content: 'x', outcome: 'ok' as const, reason: null }
      await rep.call(recordSend, {
        customerId: CustomerId.parse(customer.id),
        key: crypto.randomUUID(),
        replyId: ReplyId.parse(reply.id),
        ...sent,
      })
    }
  }
  const { replies } = await repA.call(listReplies, {})
  expect(replies.find((r) => r.id === reply.id)).toMatchObject({ uses: 2, teamUses: 3 })
})

test('the card offers the most used first, then the member’s own, then the company’s', async () => {
  const rep = await world.as('rep-top')
  const customer = await makeFollowed(deps, 'rep-top')
  const own = await makeReply(deps, { ownerUserId: 'rep-top', position: 1 })
  const company = await makeReply(deps, { position: -100 })
  const used = await makeReply(deps, { position: 900 })
  await deps.sql`insert into reply_uses values ('rep-top', ${used.id}, 5, now())`
  const card = await rep.call(getCustomerCard, { customerId: CustomerId.parse(customer.id) })
  expect(card.replies.map((reply) => reply.id)).toEqual([used.id, own.id, company.id])
})

test('a colleague’s reply is never offered, whatever the counts say', async () => {
  const rep = await world.as('rep-odd')
  const customer = await makeFollowed(deps, 'rep-odd')
  const theirs = await makeReply(deps, { ownerUserId: 'rep-b', position: -999 })
  await deps.sql`insert into reply_uses values ('rep-odd', ${theirs.id}, 99, now())`
  const card = await rep.call(getCustomerCard, { customerId: CustomerId.parse(customer.id) })
  expect(card.replies.map((reply) => reply.id)).not.toContain(theirs.id)
  expect(card.replies.length).toBeGreaterThan(0)
})

test('with twenty thousand company replies the card still reads a handful', async () => {
  const rep = await world.as('rep-many')
  const customer = await makeFollowed(deps, 'rep-many')
  await deps.sql`
    insert into replies (id, position, title, parts, pinyin, initials, updated_at)
    select gen_random_uuid(), i, 'r', '[{"type":"text","text":"x"}]', 'r', 'r', now() from generate_series(1000, 21000) i`
  await world.owner`analyze replies`
  const statements = await world.statements(() =>
    rep.call(getCustomerCard, { customerId: CustomerId.parse(customer.id) }),
  )
  const desk = statements.find((statement) => statement.includes('from replies'))!
  expect(await rowsRead(deps.sql, 'replies', desk, ['rep-many', true])).toBeLessThanOrEqual(9)
})

test('a reply for some departments is a team’s: seen at and below them, and nowhere else', async () => {
  await deps.sql`insert into departments (id, name, parent_id, synced_at) values (50, '华东', 1, now()), (51, '静安店', 50, now())`
  await deps.sql`insert into department_tree values (50, 50), (51, 51), (50, 51)`
  await makeMember(deps, 'rep-a', { departmentIds: [51] })
  const { id } = await makeReply(deps, { title: '华东活动', visibleTo: [50] })
  const seen = async (rep: typeof repA) => (await rep.call(listReplies, {})).replies.find((reply) => reply.id === id)
  expect(await seen(repA)).toMatchObject({ scope: 'team' })
  expect(await seen(repB)).toBeUndefined()
  const replyId = ReplyId.parse(id)
  expect((await repB.try(copyReply, { replyId })).status).toBe(404)
  expect((await repB.try(setFavourite, { replyId, favourite: true })).status).toBe(404)
  const customer = await makeFollowed(deps, 'rep-b')
  const send = { part: 0, partType: 'text' as const, content: 'x', outcome: 'ok' as const, reason: null }
  const answer = await repB.try(recordSend, {
    customerId: CustomerId.parse(customer.id),
    key: crypto.randomUUID(),
    replyId,
    ...send,
  })
  expect(answer.status).toBe(404)
})

test('a company reply is there only while it is valid', async () => {
  const day = (n: number) => new Date(Date.now() + n * 86_400_000)
  await makeReply(deps, { title: '还没到', validFrom: day(1) })
  await makeReply(deps, { title: '过期了', validUntil: day(-1) })
  await makeReply(deps, { title: '正当时', validFrom: day(-1), validUntil: day(1) })
  const titles = (await repA.call(listReplies, {})).replies.map((reply) => reply.title)
  expect(titles).toContain('正当时')
  expect(titles).not.toContain('还没到')
  expect(titles).not.toContain('过期了')
})

test('a company reply becomes one’s own with all its parts, and is then changed freely', async () => {
  const link = { type: 'link' as const, url: 'https://shop.example.com', title: '卡片', description: '', imageUrl: '' }
  const { id } = await makeReply(deps, { title: '原文', parts: [text('一'), link] })
  const copy = await repA.call(copyReply, { replyId: ReplyId.parse(id) })
  expect(copy).toMatchObject({ scope: 'personal', title: '原文', parts: [text('一'), link] })
  expect((await repA.call(updateReply, { replyId: copy.id, title: '我的', parts: [text('二')] })).title).toBe('我的')
})

test('one’s own stand in the order one gives them', async () => {
  const rep = await world.as('rep-sort')
  for (const title of ['丙', '乙', '甲']) await rep.call(createReply, { title, parts: [text('x')] })
  const titles = async () =>
    (await rep.call(listReplies, {})).replies.filter((reply) => reply.scope === 'personal').map((reply) => reply.title)
  expect(await titles()).toEqual(['甲', '乙', '丙'])
  const idOf = async (title: string) =>
    (await rep.call(listReplies, {})).replies.find((reply) => reply.title === title)!.id
  await rep.call(moveReply, { replyId: await idOf('丙'), to: 0 })
  expect(await titles()).toEqual(['丙', '甲', '乙'])
  await rep.call(moveReply, { replyId: await idOf('丙'), to: 1 })
  expect(await titles()).toEqual(['甲', '丙', '乙'])
  await rep.call(moveReply, { replyId: await idOf('甲'), to: 2 })
  expect(await titles()).toEqual(['丙', '乙', '甲'])
})

test('a favourite is this member’s alone', async () => {
  const { id } = await makeReply(deps, { title: '常用' })
  const replyId = ReplyId.parse(id)
  await repA.call(setFavourite, { replyId, favourite: true })
  await repA.call(setFavourite, { replyId, favourite: true })
  const favourite = async (rep: typeof repA) =>
    (await rep.call(listReplies, {})).replies.find((reply) => reply.id === id)!.favourite
  expect([await favourite(repA), await favourite(repB)]).toEqual([true, false])
  await repA.call(setFavourite, { replyId, favourite: false })
  expect(await favourite(repA)).toBe(false)
})

test('what a customer already got is told to whoever sent it', async () => {
  const customer = await makeFollowed(deps, 'rep-a')
  const customerId = CustomerId.parse(customer.id)
  const replyId = ReplyId.parse((await makeReply(deps)).id)
  const send = { part: 0, partType: 'text' as const, content: 'x', reason: null }
  await repA.call(recordSend, { customerId, key: crypto.randomUUID(), replyId, ...send, outcome: 'cancelled' })
  expect((await repA.call(listSent, { customerId })).sent).toEqual([])
  await repA.call(recordSend, { customerId, key: crypto.randomUUID(), replyId, ...send, outcome: 'ok' })
  expect((await repA.call(listSent, { customerId })).sent).toMatchObject([{ replyId }])
})

test('a colleague’s upload can be neither sent, looked at, nor put into a reply', async () => {
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  const asset = AssetId.parse(crypto.randomUUID())
  const { part } = await repA.call(uploadAsset, { asset, name: '图.png', width: 1, height: 1, content: png })
  expect(part).toMatchObject({ type: 'image', assetId: asset })
  expect((await repA.try(createReply, { title: '图', parts: [part] })).status).toBe(200)
  expect((await repB.try(createReply, { title: '图', parts: [part] })).status).toBe(400)
  expect((await repB.get(`/media/${asset}`)).status).toBe(404)
  expect((await repA.get(`/media/${asset}`)).status).toBe(200)
  const page = {
    asset: AssetId.parse(crypto.randomUUID()),
    name: 'a.png',
    width: 1,
    height: 1,
    content: Buffer.from('<svg/>').toString('base64'),
  }
  expect((await repA.try(uploadAsset, page)).status).toBe(400)
})
