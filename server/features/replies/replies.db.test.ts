import { expect, test } from 'vitest'
import { CustomerId, ReplyId } from '#shared/ids.ts'
import { getCustomerCard } from '#shared/customers.ts'
import { createReply, deleteReply, listReplies, updateReply } from '#shared/replies.ts'
import { recordSend } from '#shared/sends.ts'
import { makeFolder, makeFollowed, makeReply } from '#server/testing/builders.ts'
import { rowsRead } from '#server/testing/count.ts'
import { createWorld } from '#server/testing/world.ts'

const world = await createWorld()
const { deps } = world
const [repA, repB] = [await world.as('rep-a'), await world.as('rep-b')]
const mine = { title: '尺码建议', text: '您平时穿 M，这款选 M 就合适' }

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
  expect(await repA.call(createReply, { title: ' 退换货 ', text: '七天' })).toMatchObject({
    title: '退换货',
    pinyin: 'tui huan huo',
    initials: 'thh',
    parts: [{ type: 'text', text: '七天' }],
  })
})

test('editing replaces the text, keeps the pictures and reads the new title', async () => {
  const assetId = '7d444840-9dc0-41d1-b245-5ffdce74fad2'
  const image = { type: 'image' as const, assetId: assetId as never, name: 'a.png', width: 1, height: 1 }
  const reply = await makeReply(deps, { ownerUserId: 'rep-a', parts: [image, { type: 'text', text: '旧' }] })
  const edited = await repA.call(updateReply, { replyId: ReplyId.parse(reply.id), title: '包邮', text: '新' })
  expect(edited).toMatchObject({ initials: 'by', parts: [image, { type: 'text', text: '新' }] })
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
