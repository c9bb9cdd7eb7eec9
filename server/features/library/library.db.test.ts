import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { AssetId, ReplyId } from '#shared/ids.ts'
import {
  changeLibrary,
  getLibrary,
  getReplyUsers,
  importLibrary,
  orderLibrary,
  saveFolders,
  saveLibraryReply,
} from '#shared/library.ts'
import { listReplies, prepareMedia, uploadAsset } from '#shared/replies.ts'
import { makeMember, makeReply, makeStore } from '#server/testing/builders.ts'
import { createWorld } from '#server/testing/world.ts'

const world = await createWorld()
const { deps } = world
const [admin, rep] = [await world.as('admin'), await world.as('rep')]
await deps.sql`insert into member_roles (user_id, role, given_by, given_at) values ('admin', 'admin', 'test', now())`
const draft = (title: string, more: object = {}) => ({
  reply: ReplyId.parse(randomUUID()),
  folder: null,
  title,
  parts: [{ type: 'text' as const, text: `${title}的话` }],
  departments: [],
  validFrom: null,
  validUntil: null,
  ...more,
})
const seen = async () => (await rep.call(listReplies, {})).replies.map((reply) => reply.title)
const titles = async () => (await admin.call(getLibrary, {})).replies.map((reply) => reply.title)

test('what an admin writes every rep can send, by pinyin too; changed it is changed', async () => {
  const one = draft('重要通知')
  await admin.call(saveLibraryReply, one)
  const found = (await rep.call(listReplies, {})).replies.find((reply) => reply.title === '重要通知')
  expect([found?.scope, found?.initials.includes('zytz')]).toEqual(['company', true])
  await admin.call(saveLibraryReply, { ...one, title: '新通知' })
  expect(await seen()).toEqual(['新通知'])
  await admin.call(changeLibrary, { replies: [one.reply], change: { kind: 'delete' } })
})

test('a picture an admin puts into a company reply is sent by every rep; one not in any reply stays the admin’s', async () => {
  const content = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  const upload = async (name: string) =>
    (await admin.call(uploadAsset, { asset: AssetId.parse(randomUUID()), name, width: 1, height: 1, content })).part
  const [shown, kept] = [await upload('新款.png'), await upload('草稿.png')]
  const reply = draft('新款到店', { parts: [{ type: 'text', text: '看看新款' }, shown] })
  await admin.call(saveLibraryReply, reply)
  const idOf = (part: typeof shown) => ('assetId' in part ? part.assetId : AssetId.parse(randomUUID()))
  const [sent, refused] = [
    await rep.try(prepareMedia, { assetId: idOf(shown) }),
    await rep.try(prepareMedia, { assetId: idOf(kept) }),
  ]
  expect([sent.status, refused.status]).toEqual([200, 404])
  await admin.call(changeLibrary, { replies: [reply.reply], change: { kind: 'delete' } })
})

test('for some departments, from and until a day', async () => {
  await makeStore(deps, 7, '七店')
  await deps.sql`insert into department_tree values (7, 7)`
  const hour = (n: number) => new Date(Date.now() + n * 3_600_000).toISOString()
  await admin.call(saveLibraryReply, draft('七店的', { departments: [7] }))
  await admin.call(saveLibraryReply, draft('还没开始', { validFrom: hour(1) }))
  await admin.call(saveLibraryReply, draft('已经过了', { validUntil: hour(-1) }))
  expect(await seen()).toEqual([])
  await makeMember(deps, 'rep', { departmentIds: [7] })
  expect(await seen()).toEqual(['七店的'])
  expect((await titles()).sort()).toEqual(['七店的', '已经过了', '还没开始'])
  expect((await admin.try(saveLibraryReply, draft('反了', { validFrom: hour(2), validUntil: hour(1) }))).status).toBe(
    400,
  )
  const { replies } = await admin.call(getLibrary, {})
  await admin.call(changeLibrary, { replies: replies.map((one) => one.id), change: { kind: 'delete' } })
})

test('folders come, are renamed and go; their replies stay', async () => {
  await admin.call(saveFolders, {
    folders: [
      { id: 'a', name: '售前' },
      { id: 'b', name: '售后' },
    ],
  })
  const one = draft('退换', { folder: 'b' })
  await admin.call(saveLibraryReply, one)
  await admin.call(saveFolders, { folders: [{ id: 'a', name: '售前' }] })
  const { folders, replies } = await admin.call(getLibrary, {})
  expect([folders.map((folder) => folder.name), replies[0]?.folderId]).toEqual([['售前'], null])
  expect(
    (
      await admin.try(saveFolders, {
        folders: [
          { id: 'x', name: '同名' },
          { id: 'y', name: '同名' },
        ],
      })
    ).status,
  ).toBe(400)
  expect((await admin.try(saveLibraryReply, draft('错', { folder: 'gone' }))).status).toBe(400)
})

test('in the order that was dragged', async () => {
  const made = [draft('一'), draft('二'), draft('三')]
  for (const one of made) await admin.call(saveLibraryReply, one)
  await admin.call(orderLibrary, { replies: [made[2]!.reply, made[0]!.reply] })
  expect((await titles()).slice(0, 2)).toEqual(['三', '一'])
})

test('a table is checked, taken once, and changes only the words', async () => {
  const rows = [
    { folder: '活动', title: '双十二', text: '双十二全场九折' },
    { folder: '', title: '欢迎', text: '您好' },
  ]
  expect(await admin.call(importLibrary, { rows, check: true })).toEqual({ fresh: 2, changed: 0, same: 0, folders: 1 })
  expect(await titles()).not.toContain('双十二')
  await admin.call(importLibrary, { rows, check: false })
  expect(await admin.call(importLibrary, { rows, check: false })).toEqual({ fresh: 0, changed: 0, same: 2, folders: 0 })
  rows[0]!.text = '双十二八折'
  expect(await admin.call(importLibrary, { rows, check: false })).toEqual({ fresh: 0, changed: 1, same: 1, folders: 0 })
  expect((await titles()).filter((title) => title === '双十二').length).toBe(1)
})

test('who sends a company reply, the most first; whose own reply is used is nobody’s to read', async () => {
  const one = draft('常用')
  await admin.call(saveLibraryReply, one)
  const own = await makeReply(deps, { ownerUserId: 'rep', title: '自己的' })
  for (const [userId, id, uses] of [
    ['rep', one.reply, 2],
    ['admin', one.reply, 5],
    ['rep', own.id, 9],
  ] as const)
    await deps.sql`insert into reply_uses (user_id, reply_id, uses, last_used_at) values (${userId}, ${id}, ${uses}, now())`
  const usersOf = async (replyId: string) =>
    (await admin.call(getReplyUsers, { replyId: ReplyId.parse(replyId) })).users.map(({ userId, uses }) => [
      userId,
      uses,
    ])
  expect([await usersOf(one.reply), await usersOf(own.id)]).toEqual([
    [
      ['admin', 5],
      ['rep', 2],
    ],
    [],
  ])
})

test('a member’s own reply is nobody else’s to change, move or delete', async () => {
  const own = await makeReply(deps, { ownerUserId: 'rep', title: '我的' })
  const reply = ReplyId.parse(own.id)
  expect((await admin.try(saveLibraryReply, { ...draft('抢走'), reply })).status).toBe(409)
  expect(await admin.call(changeLibrary, { replies: [reply], change: { kind: 'delete' } })).toEqual({ changed: 0 })
  expect(await titles()).not.toContain('我的')
  expect(await seen()).toContain('我的')
})
