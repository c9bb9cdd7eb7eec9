import { describe, expect, test } from 'vitest'
import { openSimulator } from '../testing/api.ts'
import { customer, follow, tinyShop } from '../testing/tiny-shop.ts'

const get = (id: string) => `externalcontact/get?external_userid=${id}`

describe('reading customers', () => {
  test('a member without customers answers 84061 with an empty list', async () => {
    const { call } = openSimulator()
    expect(await call('externalcontact/list?userid=rep-c')).toMatchObject({ errcode: 84061, external_userid: [] })
  })
  test('only followers in the visible range are shown; none left is 84061, an unknown id 40096', async () => {
    const shop = tinyShop()
    shop.customers.push(customer('wmOut', [follow('ghost')]))
    const { call } = openSimulator(shop)
    const shared = (await call(get('wmShared')))['follow_user'] as { userid: string }[]
    expect(shared.map((f) => f.userid)).toEqual(['rep-a', 'rep-b'])
    expect(await call(get('wmOut'))).toMatchObject({ errcode: 84061, follow_user: [] })
    expect(await call(get('wmNobody'))).toMatchObject({ errcode: 40096, follow_user: [] })
    expect((await call('externalcontact/get')).errcode).toBe(41035)
  })
  test('optional keys are truly absent, and a personal tag has no id', async () => {
    const { call } = openSimulator()
    const wmB = await call(get('wmB'))
    expect(wmB['external_contact']).not.toHaveProperty('unionid')
    expect((wmB['follow_user'] as object[])[0]).not.toHaveProperty('state')
    expect(wmB).not.toHaveProperty('next_cursor')
    const [own] = (await call(get('wmA')))['follow_user'] as { tags: object[] }[]
    expect(own?.tags).toEqual([
      { group_name: '意向', tag_name: 'etHigh', type: 1, tag_id: 'etHigh' },
      { group_name: '', tag_name: '周末来', type: 2 },
    ])
  })
  test('a WeCom contact has company and position, a WeChat contact has not', async () => {
    const { call } = openSimulator()
    expect((await call(get('woPartner')))['external_contact']).toMatchObject({
      type: 2,
      corp_name: '示例建材',
      position: '采购',
    })
    expect((await call(get('wmA')))['external_contact']).not.toHaveProperty('corp_name')
  })
  test('more than five hundred followers come in pages; a bad cursor is 50100', async () => {
    const shop = tinyShop()
    const crowd = Array.from({ length: 501 }, (_, n) => ({ ...shop.members[0]!, userid: `m${n}` }))
    shop.members.push(...crowd)
    shop.customers.push(
      customer(
        'wmStar',
        crowd.map((m) => follow(m.userid)),
      ),
    )
    const { call } = openSimulator(shop)
    const first = await call(get('wmStar'))
    expect((first['follow_user'] as object[]).length).toBe(500)
    const rest = await call(`${get('wmStar')}&cursor=${String(first['next_cursor'])}`)
    expect((rest['follow_user'] as object[]).length).toBe(1)
    expect((await call(`${get('wmStar')}&cursor=zz`)).errcode).toBe(50100)
  })
  test('a half-added customer is unreadable until confirmed; one who left the member stays readable', async () => {
    const { call, acts } = openSimulator()
    expect((await call(get('wmHalf'))).errcode).toBe(84061)
    acts.confirm({ userid: 'rep-a', externalUserid: 'wmHalf' })
    expect((await call(get('wmHalf'))).errcode).toBe(0)
    expect((await call(get('wmLeft'))).errcode).toBe(0)
  })
  test('a customer the member deleted is still listed for a moment, then gone', async () => {
    const { call, acts, advance } = openSimulator()
    acts.deleteCustomer({ userid: 'rep-b', externalUserid: 'wmB', by: 'member' })
    expect((await call(get('wmB'))).errcode).toBe(0)
    advance(3)
    expect((await call(get('wmB'))).errcode).toBe(84061)
  })
})

describe('reading in bulk', () => {
  test('rows are pairs with follow_info.tag_id; pages may be short and still go on', async () => {
    const shop = tinyShop()
    for (let n = 0; n < 60; n++) shop.customers.push(customer(`wmMany${n}`, [follow('rep-c')]))
    const { call } = openSimulator(shop)
    const seen: string[] = []
    let cursor: string | undefined
    let pages = 0
    do {
      const page = await call('externalcontact/batch/get_by_user', {
        userid_list: ['rep-c'],
        limit: 30,
        ...(cursor && { cursor }),
      })
      const rows = page['external_contact_list'] as {
        external_contact: { external_userid: string }
        follow_info: { tag_id: string[] }
      }[]
      expect(rows.length).toBeLessThanOrEqual(30)
      seen.push(...rows.map((r) => r.external_contact.external_userid))
      cursor = String(page['next_cursor'])
      pages++
    } while (cursor !== '')
    expect(new Set(seen).size).toBe(60)
    expect(pages).toBeGreaterThan(2)
  })
  test('a hundred members at most, and a cursor an hour old is refused', async () => {
    const { call, advance } = openSimulator()
    const list = Array.from({ length: 101 }, () => 'rep-a')
    expect((await call('externalcontact/batch/get_by_user', { userid_list: list })).errcode).toBe(40058)
    const page = await call('externalcontact/batch/get_by_user', { userid_list: ['rep-a'], limit: 1 })
    advance(3_601)
    expect(
      (await call('externalcontact/batch/get_by_user', { userid_list: ['rep-a'], cursor: page['next_cursor'] }))
        .errcode,
    ).toBe(50100)
  })
  test('a member out of range is 60011, one without the function 84074', async () => {
    const { call } = openSimulator()
    expect((await call('externalcontact/list?userid=ghost')).errcode).toBe(60011)
    expect((await call('externalcontact/list?userid=clerk')).errcode).toBe(84074)
    expect((await call('externalcontact/list?userid=nobody')).errcode).toBe(60111)
  })
})

describe('remarks', () => {
  const remark = (more: object) => ({ userid: 'rep-a', external_userid: 'wmA', ...more })
  test('lengths are twenty, a hundred and fifty and twenty characters; nothing given is refused', async () => {
    const { call } = openSimulator()
    const code = async (more: object) => (await call('externalcontact/remark', remark(more))).errcode
    expect(
      await code({ remark: '字'.repeat(20), description: '字'.repeat(150), remark_company: '字'.repeat(20) }),
    ).toBe(0)
    expect(await code({ remark: '字'.repeat(21) })).toBe(40058)
    expect(await code({ description: '字'.repeat(151) })).toBe(40058)
    expect(await code({})).toBe(40063)
  })
  test('mobiles replace all; one empty text clears them', async () => {
    const { call, world } = openSimulator()
    const mobiles = () => world.shop.customers[0]?.follows[0]?.remarkMobiles
    await call('externalcontact/remark', remark({ remark_mobiles: ['13800000001'] }))
    expect(mobiles()).toEqual(['13800000001'])
    await call('externalcontact/remark', remark({ remark_mobiles: [''] }))
    expect(mobiles()).toEqual([])
  })
  test('a company is for WeChat customers; a member without the tie is 84061', async () => {
    const { call } = openSimulator()
    expect(
      (await call('externalcontact/remark', { userid: 'rep-a', external_userid: 'woPartner', remark_company: 'x' }))
        .errcode,
    ).toBe(40058)
    expect(
      (await call('externalcontact/remark', { userid: 'rep-b', external_userid: 'wmA', remark: 'x' })).errcode,
    ).toBe(84061)
  })
})
