import { randomBytes } from 'node:crypto'
import type { Conversation, Customer, Follow, Member, Shop, Tag, TagGroup } from './types.ts'

/** Which secret a token was issued for. */
export type App = 'agent' | 'contactSync'

export interface Credentials {
  corpId: string
  agentId: number
  secret: string
  contactSyncSecret: string
}

export interface Media {
  bytes: Uint8Array
  mime: string
  name: string
  type: string
  /** Seconds. */
  createdAt: number
}

export interface AppMessage {
  touser: string
  msgtype: string
  body: Record<string, unknown>
  at: number
}

/** Who came back from an OAuth page. `consented`: the details a member agreed to show; absent for a silent sign-in. */
export interface Code {
  userid?: string
  openid?: string
  externalUserid?: string
  consented?: string[]
  expiresAt: number
  used: boolean
}

/** All that the pretend WeCom holds. One per simulator; handlers change it in place. */
export interface World extends Credentials {
  shop: Shop
  now: () => number
  tokens: Map<string, { app: App; expiresAt: number; dead: boolean }>
  tickets: Record<'corp' | 'agent', { value: string; expiresAt: number }[]>
  codes: Map<string, Code>
  userTickets: Map<string, { userid: string; consented: string[]; expiresAt: number }>
  media: Map<string, Media>
  outbox: AppMessage[]
  /** Ties cut by the member are still listed until this moment (seconds), keyed `userid customer`. */
  lingering: Map<string, number>
  /** Customers on the way from one member to another, and those that were. Status 1 done, 2 waiting, 3 refused, 4 the taker is full. */
  transfers: { handover: string; takeover: string; externalUserid: string; at: number; status: 1 | 2 | 3 | 4 }[]
  /** Tells the state file, if there is one, that something changed. */
  touched: () => void
}

export const MEDIA_LIFE = 3 * 86_400
export const randomId = (prefix: string, length = 32): string =>
  prefix +
  randomBytes(length)
    .toString('base64url')
    .replace(/[-_]/g, 'A')
    .slice(0, length - prefix.length)

/** A fresh world around a shop. `now` gives seconds. */
export function createWorld(credentials: Credentials, shop: Shop, now: () => number): World {
  return {
    ...credentials,
    shop: structuredClone(shop),
    now,
    tokens: new Map(),
    tickets: { corp: [], agent: [] },
    codes: new Map(),
    userTickets: new Map(),
    media: new Map(),
    outbox: [],
    lingering: new Map(),
    transfers: [],
    touched: () => undefined,
  }
}

/** userids are compared without regard to case and returned as stored. */
export const findMember = (world: World, userid: string): Member | undefined =>
  world.shop.members.find((m) => m.userid.toLowerCase() === userid.toLowerCase())

export const findCustomer = (world: World, id: string): Customer | undefined =>
  world.shop.customers.find((c) => c.externalUserid === id)

/** Whether the API still shows this tie: confirmed, one-way (the customer left), or just cut and lagging. */
export function isReadable(world: World, customer: Customer, follow: Follow): boolean {
  if (follow.relation === 'active' || follow.relation === 'customerDeleted') return true
  if (follow.relation === 'half') return false
  return (world.lingering.get(`${follow.userid} ${customer.externalUserid}`) ?? 0) > world.now()
}

/** The ties of a customer that an app may see: readable, and of members in its visible range. */
export const visibleFollows = (world: World, customer: Customer): Follow[] =>
  customer.follows.filter((f) => isReadable(world, customer, f) && findMember(world, f.userid)?.visible)

export const findFollow = (customer: Customer, userid: string): Follow | undefined =>
  customer.follows.find((f) => f.userid.toLowerCase() === userid.toLowerCase())

export function findTag(world: World, id: string): { group: TagGroup; tag: Tag } | undefined {
  for (const group of world.shop.tagGroups) {
    const tag = group.tags.find((t) => t.id === id)
    if (tag) return { group, tag }
  }
  return undefined
}

export const findConversation = (world: World, userid: string, externalUserid: string): Conversation | undefined =>
  world.shop.conversations.find((c) => c.userid === userid && c.externalUserid === externalUserid)

/** One member's conversation with one customer, begun if there is none. */
export function conversationOf(world: World, userid: string, externalUserid: string): Conversation {
  const found = findConversation(world, userid, externalUserid)
  if (found) return found
  const begun: Conversation = { userid, externalUserid, messages: [] }
  world.shop.conversations.push(begun)
  return begun
}
