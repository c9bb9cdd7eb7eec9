import { Refusal } from '../refusal.ts'
import type { Customer, Follow } from '../types.ts'
import { findCustomer, findFollow, findTag, isReadable, visibleFollows, type World } from '../world.ts'
import { type Api, memberArgument, optionalText, text, texts } from './kit.ts'
import { liveMedia } from './media.ts'

const PAGE_OF_FOLLOWERS = 500

/** Optional keys are truly absent, never null. */
const present = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== undefined)) as Partial<T>

const wireContact = (c: Customer) => ({
  external_userid: c.externalUserid,
  name: c.name,
  type: c.type,
  gender: c.gender,
  avatar: c.avatar,
  ...present({
    unionid: c.type === 1 ? c.unionid : undefined,
    position: c.type === 2 ? c.position : undefined,
    corp_name: c.type === 2 ? c.corpName : undefined,
    corp_full_name: c.type === 2 ? c.corpFullName : undefined,
    external_profile: c.type === 2 && c.externalProfile ? { external_attr: c.externalProfile.externalAttr } : undefined,
  }),
})

const wireRelation = (f: Follow) => ({
  userid: f.userid,
  remark: f.remark,
  description: f.description,
  createtime: f.createTime,
  add_way: f.addWay,
  oper_userid: f.operUserid,
  ...present({
    remark_corp_name: f.remarkCorpName,
    remark_mobiles: f.remarkMobiles,
    state: f.state,
    wechat_channels: f.wechatChannels,
  }),
})

/** Corp tags with names and ids; a personal tag (type 2) has no tag_id. */
const wireTags = (world: World, f: Follow) => [
  ...f.tagIds.flatMap((id) => {
    const found = findTag(world, id)
    return found && !found.tag.deleted
      ? [{ group_name: found.group.name, tag_name: found.tag.name, type: 1, tag_id: id }]
      : []
  }),
  ...f.personalTags.map((t) => ({ group_name: t.groupName, tag_name: t.name, type: 2 })),
]

const followUsers: Api = {
  method: 'GET',
  path: '/cgi-bin/externalcontact/get_follow_user_list',
  needs: 'customerContact',
  empty: { follow_user: [] },
  answer: ({ world }) => ({
    follow_user: world.shop.members
      .filter((m) => m.visible && m.customerContact && m.status === 1)
      .map((m) => m.userid),
  }),
}

const list: Api = {
  method: 'GET',
  path: '/cgi-bin/externalcontact/list',
  needs: 'customerContact',
  empty: { external_userid: [] },
  answer: ({ world, query }) => {
    const member = memberArgument(world, query.get('userid') ?? '')
    const mine = world.shop.customers.filter((c) =>
      c.follows.some((f) => f.userid === member.userid && isReadable(world, c, f)),
    )
    if (mine.length === 0) throw new Refusal(84061)
    return { external_userid: mine.map((c) => c.externalUserid) }
  },
}

const get: Api = {
  method: 'GET',
  path: '/cgi-bin/externalcontact/get',
  needs: 'customerContact',
  empty: { follow_user: [] },
  answer: ({ world, query }) => {
    const id = query.get('external_userid')
    if (!id) throw new Refusal(41035)
    const customer = findCustomer(world, id)
    if (!customer) throw new Refusal(40096)
    const follows = visibleFollows(world, customer)
    if (follows.length === 0) throw new Refusal(84061)
    const cursor = query.get('cursor')
    const from = cursor ? Number(Buffer.from(cursor, 'base64url').toString()) : 0
    if (!Number.isInteger(from) || from < 0 || from > follows.length) throw new Refusal(50100)
    const page = follows.slice(from, from + PAGE_OF_FOLLOWERS)
    const more = from + PAGE_OF_FOLLOWERS < follows.length
    return {
      external_contact: wireContact(customer),
      follow_user: page.map((f) => ({ ...wireRelation(f), tags: wireTags(world, f) })),
      ...(more && { next_cursor: Buffer.from(String(from + PAGE_OF_FOLLOWERS)).toString('base64url') }),
      future_field: { since: 2027 },
    }
  },
}

const CURSOR_LIFE = 3_600

/** Beyond so many customers a member's are looked up in an index, which sees no tie that was added behind the API's back. */
const BIG = 20_000
const books = new WeakMap<object, { customers: number; byMember: Map<string, Customer[]> }>()

function bookOf(world: World, userid: string): Customer[] {
  const { customers } = world.shop
  if (customers.length < BIG) return customers
  const held = books.get(customers)
  const book = held?.customers === customers.length ? held.byMember : new Map<string, Customer[]>()
  if (held?.byMember !== book) {
    for (const customer of customers)
      for (const follow of customer.follows) {
        const mine = book.get(follow.userid) ?? []
        mine.push(customer)
        book.set(follow.userid, mine)
      }
    books.set(customers, { customers: customers.length, byMember: book })
  }
  return book.get(userid) ?? []
}

const batch: Api = {
  method: 'POST',
  path: '/cgi-bin/externalcontact/batch/get_by_user',
  needs: 'customerContact',
  empty: { external_contact_list: [] },
  answer: ({ world, body }) => {
    const userids = texts(body, 'userid_list', 100)
    if (userids.length === 0) throw new Refusal(40063)
    const members = userids.map((u) => memberArgument(world, u).userid)
    const asked = body['limit'] ?? 50
    if (typeof asked !== 'number') throw new Refusal(40058)
    const limit = Math.min(100, Math.max(1, asked))
    const pairs = members.flatMap((userid) =>
      bookOf(world, userid).flatMap((customer) => {
        const follow = customer.follows.find((f) => f.userid === userid && isReadable(world, customer, f))
        return follow ? [{ customer, follow }] : []
      }),
    )
    if (pairs.length === 0) throw new Refusal(84061)
    const from = readCursor(world, body['cursor'])
    const page = pairs.slice(from, from + limit)
    // A page may be short and still be followed by another: callers must loop on the cursor.
    const short = page.length === limit && limit > 10 ? page.slice(0, -1) : page
    const next = from + short.length
    return {
      external_contact_list: short.map(({ customer, follow }) => ({
        external_contact: wireContact(customer),
        follow_info: { ...wireRelation(follow), tag_id: follow.tagIds },
      })),
      next_cursor: next < pairs.length ? Buffer.from(`${next}.${world.now()}`).toString('base64url') : '',
    }
  },
}

function readCursor(world: World, cursor: unknown): number {
  if (cursor === undefined || cursor === '') return 0
  const [from, at] = Buffer.from(String(cursor), 'base64url').toString().split('.').map(Number)
  if (from === undefined || at === undefined || !Number.isInteger(from) || world.now() - at > CURSOR_LIFE)
    throw new Refusal(50100)
  return from
}

const remark: Api = {
  method: 'POST',
  path: '/cgi-bin/externalcontact/remark',
  needs: 'customerContact',
  answer: ({ world, body }) => {
    const { customer, follow } = relation(world, text(body, 'userid'), text(body, 'external_userid'))
    const fields = {
      remark: optionalText(body, 'remark', 20),
      description: optionalText(body, 'description', 150),
      company: optionalText(body, 'remark_company', 20),
      mobiles: body['remark_mobiles'] === undefined ? undefined : texts(body, 'remark_mobiles', 10),
      picture: optionalText(body, 'remark_pic_mediaid', 256),
    }
    if (Object.values(fields).every((v) => v === undefined)) throw new Refusal(40063)
    if (fields.company !== undefined && customer.type === 2) throw new Refusal(40058)
    if (fields.picture && liveMedia(world, fields.picture)?.type !== 'image') throw new Refusal(40007)
    if (fields.remark !== undefined) follow.remark = fields.remark
    if (fields.description !== undefined) follow.description = fields.description
    if (fields.company !== undefined) follow.remarkCorpName = fields.company
    if (fields.mobiles !== undefined) follow.remarkMobiles = fields.mobiles.filter((m) => m !== '')
    world.touched()
    return {}
  },
}

/** The tie a write is about. Unknown customer → 40096, no tie that counts → 84061. */
export function relation(world: World, userid: string, externalUserid: string): { customer: Customer; follow: Follow } {
  const member = memberArgument(world, userid)
  const customer = findCustomer(world, externalUserid)
  if (!customer) throw new Refusal(40096)
  const follow = findFollow(customer, member.userid)
  if (!follow || follow.relation === 'half' || follow.relation === 'memberDeleted') throw new Refusal(84061)
  return { customer, follow }
}

export const customerApis: Api[] = [followUsers, list, get, batch, remark]
