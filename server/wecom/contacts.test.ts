import { expect, test } from 'vitest'
import type { Call } from './call.ts'
import { createContacts } from './contacts.ts'
import { createDirectory } from './directory.ts'
import { type Outgoing, refused } from './transport.ts'

/** Answers each call with the next body, parsed as the real caller would. */
function answering(...bodies: (object | number)[]) {
  const sent: Outgoing[] = []
  const call: Call = async (api, schema, out = {}) => {
    sent.push(out)
    const body = bodies.shift() ?? {}
    if (typeof body === 'number') throw refused(api, body)
    return schema.parse(body)
  }
  return { sent, ...createContacts(call, () => new Date(0)), ...createDirectory(call) }
}

const contact = { external_userid: 'wmA', name: '晚风🌙', type: 1, gender: 2, avatar: 'http://wx.qlogo.cn/a/0' }

test('a customer with every quirk is read whole', async () => {
  const { readCustomer } = answering({
    external_contact: { ...contact, unionid: 'oU' },
    follow_user: [
      {
        userid: 'rep-a',
        remark: '王女士',
        description: '预算',
        createtime: 1767225600,
        tags: [
          { group_name: '意向', tag_name: '高', type: 1, tag_id: 'etH' },
          { group_name: '', tag_name: '周末看房', type: 2 },
          { group_name: '区域', tag_name: '西湖', type: 3, tag_id: 'stX' },
        ],
        remark_corp_name: '示例科技',
        remark_mobiles: ['13800005678', ''],
        add_way: '1',
        state: 'store_1',
        a_field_of_tomorrow: {},
      },
    ],
  })
  expect(await readCustomer('wmA')).toEqual({
    id: 'wmA',
    name: '晚风🌙',
    type: 1,
    gender: 2,
    avatar: 'https://wx.qlogo.cn/a/0',
    unionId: 'oU',
    corpName: null,
    position: null,
    follows: [
      {
        userId: 'rep-a',
        remark: '王女士',
        description: '预算',
        company: '示例科技',
        phones: ['13800005678'],
        addWay: 1,
        state: 'store_1',
        addedAt: new Date('2026-01-01T00:00:00Z'),
        tags: [
          { id: 'etH', name: '高', group: '意向' },
          { id: 'stX', name: '西湖', group: '区域' },
        ],
        personalTags: [{ name: '周末看房', group: '' }],
      },
    ],
  })
})

test('what is absent, null or empty reads the same', async () => {
  const bare = { userid: 'rep-a', createtime: 1 }
  const empty = {
    ...bare,
    remark: '',
    description: null,
    tags: [],
    remark_mobiles: null,
    state: '',
    remark_corp_name: '',
  }
  const read = async (follow: object) =>
    (await answering({ external_contact: contact, follow_user: [follow], next_cursor: '' }).readCustomer('wmA'))
      ?.follows
  expect(await read(bare)).toEqual(await read(empty))
})

test('a nickname may be empty and an avatar missing', async () => {
  const { readCustomer } = answering({ external_contact: { external_userid: 'wmA', type: 2 } })
  expect(await readCustomer('wmA')).toMatchObject({ name: '', avatar: '', gender: 0, follows: [] })
})

test('more than five hundred followers come in pages, until the cursor is empty', async () => {
  const page = (userid: string, next_cursor?: string) => ({
    external_contact: contact,
    follow_user: [{ userid, createtime: 1 }],
    next_cursor,
  })
  const { readCustomer, sent } = answering(page('a', 'c1'), page('b', 'c2'), page('c', ''))
  expect((await readCustomer('wmA'))?.follows.map((follow) => follow.userId)).toEqual(['a', 'b', 'c'])
  expect(sent.map((out) => out.query)).toEqual([
    { external_userid: 'wmA' },
    { external_userid: 'wmA', cursor: 'c1' },
    { external_userid: 'wmA', cursor: 'c2' },
  ])
})

test.for([84061, 40096])('%i means that nobody here knows this customer', async (code) => {
  await expect(answering(code).readCustomer('wmA')).resolves.toBeUndefined()
})

test('any other refusal is an error', async () => {
  await expect(answering(48002).readCustomer('wmA')).rejects.toMatchObject({ errcode: 48002 })
})

test('tags are marked by id, and empty lists are left out', async () => {
  const { markTags, sent } = answering()
  await markTags({ userId: 'rep-a', customerId: 'wmA', add: ['et1'], remove: [] })
  await markTags({ userId: 'rep-a', customerId: 'wmA', add: [], remove: [] })
  expect(sent).toEqual([{ body: { userid: 'rep-a', external_userid: 'wmA', add_tag: ['et1'] } }])
})

test('only the given fields of a remark are written; the company is called differently on the way in', async () => {
  const { editRemark, sent } = answering()
  await editRemark({ userId: 'rep-a', customerId: 'wmA', remark: '', company: '示例' })
  await editRemark({ userId: 'rep-a', customerId: 'wmA' })
  expect(sent).toEqual([{ body: { userid: 'rep-a', external_userid: 'wmA', remark: '', remark_company: '示例' } }])
})

test('deleted groups and tags are not listed', async () => {
  const tag = { id: 'et1', name: '高', order: 3 }
  const { listTags } = answering({
    tag_group: [
      { group_id: 'g1', group_name: '意向', order: '20', tag: [tag, { id: 'et2', name: '低', deleted: true }] },
      { group_id: 'g2', group_name: '旧', deleted: true, tag: [] },
      { group_id: 'g3', group_name: '空', order: 1 },
    ],
  })
  expect(await listTags()).toEqual([
    { id: 'g1', name: '意向', order: 20, tags: [tag] },
    { id: 'g3', name: '空', order: 1, tags: [] },
  ])
})

test('an added tag comes back with its group, as an object', async () => {
  const group = { group_id: 'g1', group_name: '意向', order: 1, tag: [{ id: 'et9', name: '新', order: 0 }] }
  const { createTag, sent } = answering({ tag_group: group })
  expect((await createTag({ groupId: 'g1', name: '新' })).tags).toEqual([{ id: 'et9', name: '新', order: 0 }])
  expect(sent).toEqual([{ body: { group_id: 'g1', tag: [{ name: '新' }] } }])
})

test('the upload time comes as text in seconds', async () => {
  const { uploadMedia } = answering({ errmsg: '', type: 'image', media_id: 'm1', created_at: '1769904000' })
  const uploaded = await uploadMedia({ bytes: new Uint8Array(8), name: 'a.png', mime: 'image/png' })
  expect(uploaded).toEqual({ mediaId: 'm1', createdAt: new Date('2026-02-01T00:00:00Z') })
})

test('a code of a stranger, or of a member of another corp, is nobody of ours', async () => {
  expect(await answering({ openid: 'o1', external_userid: 'wmA' }).memberOfCode('c')).toBeUndefined()
  expect(await answering({ userid: 'wwOther/rep-a' }).memberOfCode('c')).toBeUndefined()
  expect(await answering({ userid: 'rep-a' }).memberOfCode('c')).toEqual({ userId: 'rep-a' })
})

test('a member outside the visible range is not found', async () => {
  expect(await answering(60111).readMember('rep-a')).toBeUndefined()
})

test('a member is read with the store they belong to', async () => {
  const { readMember } = answering({ userid: 'Rep-A', name: '林', department: [2, 12], main_department: 12, status: 1 })
  expect(await readMember('rep-a')).toEqual({
    userId: 'Rep-A',
    name: '林',
    position: '',
    mainDepartmentId: 12,
    departmentIds: [2, 12],
    status: 1,
  })
})

test('the root department has no parent', async () => {
  const { listDepartments } = answering({
    department: [
      { id: 1, name: '总部', parentid: 0 },
      { id: 2, name: '门店', parentid: 1, department_leader: ['rep-a'] },
    ],
  })
  expect(await listDepartments()).toEqual([
    { id: 1, name: '总部', parentId: null, leaderUserIds: [] },
    { id: 2, name: '门店', parentId: 1, leaderUserIds: ['rep-a'] },
  ])
})
