import { describe, expect, it } from 'vitest'
import { buildShop } from './shop.ts'
import { STAR_CUSTOMER_ID } from './star.ts'

const NOW = new Date('2026-03-12T02:30:00Z')
const shop = buildShop(NOW)
const seconds = NOW.getTime() / 1000
const follows = shop.customers.flatMap((customer) => customer.follows.map((follow) => ({ customer, follow })))
const bytes = (text: string) => Buffer.byteLength(text)
const tagsById = new Map(shop.tagGroups.flatMap((group) => group.tags.map((tag) => [tag.id, { tag, group }] as const)))
const named = (key: string) => shop.customers.find((customer) => customer.externalUserid.includes(`ShopEdge${key}0`))

describe('the shop', () => {
  it('has twelve people in three stores, each store led by one of its own', () => {
    expect(shop.members).toHaveLength(12)
    const stores = shop.departments.filter((department) => department.parentId === 3)
    expect(stores.map((store) => store.name)).toEqual(['静安店', '徐汇店', '杭州湖滨店'])
    for (const store of stores) {
      const leader = shop.members.find((member) => member.userid === store.leaders[0])
      expect(leader?.departments).toContain(store.id)
    }
  })

  it('knows more than 320 customers, in WeChat and in WeCom', () => {
    expect(shop.customers.length).toBeGreaterThan(320)
    const partners = shop.customers.filter((customer) => customer.type === 2)
    expect(partners.length).toBeGreaterThan(15)
    expect(partners.every((customer) => customer.externalUserid.startsWith('wo'))).toBe(true)
    expect(
      partners.filter((customer) => customer.corpName && customer.position && customer.externalProfile).length,
    ).toBeGreaterThan(10)
  })

  it('gives every id once and within 64 bytes', () => {
    const ids = [
      shop.customers.map((customer) => customer.externalUserid),
      shop.members.map((member) => member.userid),
      [...shop.tagGroups.map((group) => group.id), ...tagsById.keys()],
    ]
    for (const kind of ids) {
      expect(new Set(kind).size).toBe(kind.length)
      expect(kind.filter((id) => id === '' || bytes(id) > 64)).toEqual([])
    }
    expect(tagsById.size).toBe(shop.tagGroups.reduce((sum, group) => sum + group.tags.length, 0))
  })

  it('ties customers only to members who exist, with tags that exist, at times that have passed', () => {
    const userids = new Set(shop.members.map((member) => member.userid))
    for (const { follow } of follows) {
      expect(userids.has(follow.userid)).toBe(true)
      expect(follow.tagIds.filter((id) => !tagsById.has(id))).toEqual([])
      expect(follow.createTime).toBeLessThan(seconds)
    }
    expect(shop.customers.every((customer) => customer.follows.length > 0)).toBe(true)
  })

  it('lets a customer have one tie per member and one level at most', () => {
    for (const customer of shop.customers)
      expect(new Set(customer.follows.map((follow) => follow.userid)).size).toBe(customer.follows.length)
    for (const { follow } of follows)
      expect(follow.tagIds.filter((id) => tagsById.get(id)?.group.name === '等级').length).toBeLessThan(2)
  })

  it('keeps WeCom’s limits on remarks and descriptions', () => {
    for (const { follow } of follows) {
      expect(follow.remark.length).toBeLessThanOrEqual(20)
      expect(follow.description.length).toBeLessThanOrEqual(150)
    }
  })

  it('shares some customers between reps and has every source a shop sees', () => {
    expect(shop.customers.filter((customer) => customer.follows.length > 1).length).toBeGreaterThan(30)
    const ways = new Set(follows.map(({ follow }) => follow.addWay))
    for (const way of [1, 3, 4, 10, 16, 201, 202]) expect(ways).toContain(way)
    expect(follows.filter(({ follow }) => follow.addWay === 10).every(({ follow }) => follow.wechatChannels)).toBe(true)
    expect(follows.filter(({ follow }) => follow.state).length).toBeGreaterThan(80)
  })

  it('gives the opening rep a star customer tagged in five groups', () => {
    const first = shop.customers[0]
    expect(first?.externalUserid).toBe(STAR_CUSTOMER_ID)
    const follow = first?.follows.find((tie) => tie.userid === shop.members[0]?.userid)
    expect(follow?.remark).toBe('李静文')
    expect(follow?.tagIds.map((id) => tagsById.get(id)?.group.name)).toEqual([
      '意向',
      '风格',
      '品类偏好',
      '节日与纪念日',
      '等级',
    ])
  })

  it('has tags made in the console and tags made by our app', () => {
    expect(new Set(shop.tagGroups.map((group) => group.creator))).toEqual(new Set(['console', '1000002']))
    expect(shop.tagGroups.map((group) => group.name)).toContain('节日与纪念日')
    expect([...tagsById.values()].filter(({ tag }) => tag.name.length > 30)).toEqual([])
  })
})

describe('awkward customers', () => {
  it('include hostile, invisible, overlong and empty nicknames', () => {
    expect(named('Html')?.name).toBe('<img src=x onerror=alert(1)>')
    expect(named('Emoji')?.name).toMatch(/\u200d/)
    expect(named('ZeroWidth')?.name).toMatch(/\u200b/)
    expect(named('LongName')?.name).toHaveLength(64)
    expect(named('EmptyName')?.name).toBe('')
  })

  it('include no tags, forty tags, personal tags, no remark and the longest remark', () => {
    expect(named('NoTags')?.follows[0]?.tagIds).toEqual([])
    expect(named('FortyTags')?.follows[0]?.tagIds).toHaveLength(40)
    expect(named('PersonalTags')?.follows[0]?.personalTags).toHaveLength(2)
    expect(named('NoRemark')?.follows[0]?.remark).toBe('')
    expect(named('LongRemark')?.follows[0]?.remark).toHaveLength(20)
  })

  it('include unknown gender, a plain http picture and every state of a tie', () => {
    expect(named('NoGender')?.gender).toBe(0)
    expect(named('HttpAvatar')?.avatar).toMatch(/^http:/)
    const relations = new Set(follows.map(({ follow }) => follow.relation))
    expect(relations).toEqual(new Set(['active', 'customerDeleted', 'half', 'memberDeleted']))
  })
})

describe('what was said', () => {
  it('about sixty chats, each on a living tie, in order and in the last days', () => {
    expect(shop.conversations.length).toBeGreaterThanOrEqual(60)
    for (const talk of shop.conversations) {
      const tie = follows.find(
        ({ customer, follow }) => customer.externalUserid === talk.externalUserid && follow.userid === talk.userid,
      )
      expect(tie?.follow.relation).toBe('active')
      const times = talk.messages.map((message) => message.at)
      expect(times).toEqual([...times].sort((a, b) => a - b))
      expect(times.every((at) => at < seconds && at > seconds - 10 * 86_400)).toBe(true)
    }
  })

  it('the star’s chat is the most recent of the opening rep', () => {
    const last = (talk: (typeof shop.conversations)[number]) => talk.messages.at(-1)?.at ?? 0
    const newest = shop.conversations.filter((talk) => talk.userid === 'LinXiaoYu').sort((a, b) => last(b) - last(a))[0]
    expect(newest?.externalUserid).toBe(STAR_CUSTOMER_ID)
  })
})

describe('repeatable', () => {
  it('the same moment gives the same shop', () => {
    expect(buildShop(NOW)).toEqual(shop)
  })

  it('another day moves the dates and nothing else', () => {
    const later = buildShop(new Date(NOW.getTime() + 5 * 86_400_000))
    expect(later.customers.map((customer) => [customer.externalUserid, customer.name])).toEqual(
      shop.customers.map((customer) => [customer.externalUserid, customer.name]),
    )
    expect(later.customers[0]?.follows[0]?.createTime).toBe(
      (shop.customers[0]?.follows[0]?.createTime ?? 0) + 5 * 86_400,
    )
  })

  it('one shop’s changes do not leak into the next', () => {
    const mine = buildShop(NOW)
    mine.members[0]!.name = 'changed'
    mine.customers[0]!.follows = []
    expect(buildShop(NOW)).toEqual(shop)
  })
})
