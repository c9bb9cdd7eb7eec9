import { describe, expect, test } from 'vitest'
import { openSimulator } from '../testing/api.ts'

type Tag = { id: string; name: string; deleted?: boolean }
type Group = { group_id: string; group_name: string; deleted?: boolean; tag: Tag[] }

const list = 'externalcontact/get_corp_tag_list'
const mark = 'externalcontact/mark_tag'

describe('the tag library', () => {
  test('all tags come without deleted; asked by id they come with it, groups before tags', async () => {
    const { call } = openSimulator()
    const all = (await call(list, {}))['tag_group'] as Group[]
    expect(all.map((g) => g.group_name)).toEqual(['意向', '风格'])
    expect(all[0]).not.toHaveProperty('deleted')
    const byId = (await call(list, { group_id: ['etGroupOurs'], tag_id: ['etHigh'] }))['tag_group'] as Group[]
    expect(byId.map((g) => g.group_id)).toEqual(['etGroupOurs'])
    expect(byId[0]?.tag[0]).toHaveProperty('deleted', false)
  })
  test('adding to an existing name appends, names doubled in one call collapse, an empty group is refused', async () => {
    const { call } = openSimulator()
    const added = (
      await call('externalcontact/add_corp_tag', { group_name: '风格', tag: [{ name: '法式' }, { name: '法式' }] })
    )['tag_group'] as Group
    expect([added.group_id, added.tag.length]).toEqual(['etGroupOurs', 1])
    expect((await call('externalcontact/add_corp_tag', { group_name: '新组', tag: [] })).errcode).toBe(40063)
    expect(
      (await call('externalcontact/add_corp_tag', { group_id: 'etGroupOurs', tag: [{ name: '法式' }] })).errcode,
    ).toBe(40071)
    expect(
      (await call('externalcontact/add_corp_tag', { group_id: 'etGroupOurs', tag: [{ name: '字'.repeat(31) }] }))
        .errcode,
    ).toBe(40072)
    expect((await call('externalcontact/add_corp_tag', { group_id: 'etNone', tag: [{ name: 'x' }] })).errcode).toBe(
      40068,
    )
  })
  test('ten thousand tags are the most', async () => {
    const { call } = openSimulator()
    const many = Array.from({ length: 10_000 }, (_, n) => ({ name: `t${n}` }))
    expect((await call('externalcontact/add_corp_tag', { group_name: '大组', tag: many })).errcode).toBe(40126)
  })
  test('only tags this app created can be renamed or deleted by it', async () => {
    const { call } = openSimulator()
    expect((await call('externalcontact/edit_corp_tag', { id: 'etHigh', name: '新' })).errcode).toBe(60011)
    expect((await call('externalcontact/del_corp_tag', { tag_id: ['etHigh'] })).errcode).toBe(60011)
    expect((await call('externalcontact/edit_corp_tag', { id: 'etPlain', name: '素色' })).errcode).toBe(0)
    expect((await call('externalcontact/edit_corp_tag', { id: 'etDots', name: '素色' })).errcode).toBe(40071)
  })
  test('a deleted tag leaves every customer; the last one takes its group along', async () => {
    const { call, world } = openSimulator()
    await call(mark, { userid: 'rep-a', external_userid: 'wmA', add_tag: ['etPlain'] })
    await call('externalcontact/del_corp_tag', { tag_id: ['etPlain', 'etDots'] })
    expect(world.shop.customers[0]?.follows[0]?.tagIds).toEqual(['etHigh'])
    const gone = (await call(list, { group_id: ['etGroupOurs'] }))['tag_group'] as Group[]
    expect(gone[0]?.deleted).toBe(true)
  })
})

describe('marking', () => {
  const onA = (more: object) => ({ userid: 'rep-a', external_userid: 'wmA', ...more })
  test('one unknown id refuses the whole call, names only the first, and nothing is applied', async () => {
    const { call, world } = openSimulator()
    const refused = await call(mark, onA({ add_tag: ['etPlain', 'etBad1', 'etBad2'] }))
    expect(refused.errcode).toBe(40068)
    expect(refused['errmsg']).toMatch(/^invalid tagid: etBad1,/)
    expect(world.shop.customers[0]?.follows[0]?.tagIds).toEqual(['etHigh'])
  })
  test('a group id is no tag id; no list at all is refused; a repeat is fine', async () => {
    const { call } = openSimulator()
    expect((await call(mark, onA({ add_tag: ['etGroupOurs'] }))).errcode).toBe(40068)
    expect((await call(mark, onA({}))).errcode).toBe(40063)
    expect((await call(mark, onA({ add_tag: ['etHigh'] }))).errcode).toBe(0)
    expect((await call(mark, onA({ remove_tag: ['etDots'] }))).errcode).toBe(0)
  })
  test('tags belong to the pair: without the tie it is 84061', async () => {
    const { call } = openSimulator()
    expect((await call(mark, { userid: 'rep-b', external_userid: 'wmA', add_tag: ['etHigh'] })).errcode).toBe(84061)
  })
})
