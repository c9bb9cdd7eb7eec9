/**
 * What the product asks of WeCom, in our own words. Implemented over HTTP in `client.ts`; WeCom's wire names stay behind it.
 * Every function throws `WecomError` (errcode, cause and advice in words) when WeCom refuses or cannot be reached.
 */
export interface Wecom {
  /** undefined: WeCom knows no such customer, or no member in range follows them (84061, 40096). */
  readCustomer(customerId: string): Promise<RemoteCustomer | undefined>
  /** The members who may have customers at all. */
  listFollowUsers(): Promise<string[]>
  /** A page of one member's customers; `next` empty on the last. undefined: they have none, or may not have any (84061). */
  readBook(userId: string, cursor: string): Promise<{ ties: RemoteTie[]; next: string } | undefined>
  /** All or nothing; repeats are harmless. */
  markTags(change: { userId: string; customerId: string; add: string[]; remove: string[] }): Promise<void>
  /** Only the fields given change. */
  editRemark(change: {
    userId: string
    customerId: string
    remark?: string
    description?: string
    company?: string
  }): Promise<void>
  listTags(): Promise<RemoteTagGroup[]>
  /** A new group with its first tags, or more tags for one. A name that is taken is 40071. */
  createTags(wanted: { group: { id: string } | { name: string }; names: string[] }): Promise<void>
  /** Of a tag or a group; one that another app or the console made is refused (60011, 81011). */
  editTag(change: { id: string; name?: string; order?: number }): Promise<void>
  /** The last tag takes its group with it. */
  deleteTag(which: { id: string; kind: 'tag' | 'group' }): Promise<void>
  /** Adds one tag to a group. */
  createTag(tag: { groupId: string; name: string }): Promise<RemoteTagGroup>
  /** A temporary media id of a picture, an MP4 or any other file, valid for three days from `createdAt`. */
  uploadMedia(file: { bytes: Uint8Array; name: string; mime: string }): Promise<{ mediaId: string; createdAt: Date }>
  /**
   * A card in the app's chat with one member. The same card again within four hours is shown once, so a lost answer may be repeated.
   * A member who is gone (81013) is a refusal.
   */
  sendCard(card: { to: string; title: string; small: string; strong: string; url: string }): Promise<void>
  /**
   * Asks for customers of one member to be handed to another: done a day later unless they refuse. 100 at most. `errcode` 0 a row: it is under way.
   * Asking again says 40129 of what is.
   */
  transferCustomers(wanted: {
    from: string
    to: string
    customers: string[]
    message: string
  }): Promise<{ customerId: string; errcode: number }[]>
  /** What became of all that was ever handed from one to the other: 1 done, 2 waiting, 3 refused, 4 the taker is full, 5 no record. */
  transferResults(from: string, to: string): Promise<{ customerId: string; status: number }[]>
  /**
   * WeCom's own statistics of one member by day, both ends included, at most 30 days and not before 180 days ago; today's are not whole. undefined: the
   * member is not in range or has no customers' contact.
   */
  readBehavior(userId: string, from: Date, to: Date): Promise<RemoteBehavior[] | undefined>
  /** Refused with 301002 where the AgentId is not of the app whose secret is used. Reaches nobody. */
  checkAgent(): Promise<void>
  /** undefined: no such member, or outside the app's visible range (60111). */
  readMember(userId: string): Promise<RemoteMember | undefined>
  listDepartments(): Promise<RemoteDepartment[]>
  /** Trades an OAuth code, once. undefined: the person is not a member of this corp. */
  memberOfCode(code: string): Promise<{ userId: string } | undefined>
  /** The ticket that signs pages: the corp's, or the app's own. */
  ticket(kind: 'corp' | 'agent'): Promise<string>
}

/** One day of one member; the two shares are null on days without a chat that a customer began. */
export interface RemoteBehavior {
  /** The day's midnight in China. */
  at: Date
  chats: number
  messages: number
  repliedPercent: number | null
  replyMinutes: number | null
  lost: number
  applied: number
  gained: number
}

export interface RemoteCustomer {
  id: string
  name: string
  type: number
  gender: number
  avatar: string
  unionId: string | null
  corpName: string | null
  position: string | null
  follows: RemoteFollow[]
}

export interface RemoteFollow {
  userId: string
  remark: string
  description: string
  company: string
  phones: string[]
  addWay: number
  state: string | null
  addedAt: Date
  /** Corp and strategy tags; names are WeCom's at this moment. */
  tags: { id: string; name: string; group: string }[]
  personalTags: { name: string; group: string }[]
}

/** One member's tie to one customer. */
export interface RemoteTie {
  customer: Omit<RemoteCustomer, 'follows'>
  follow: Omit<RemoteFollow, 'tags'> & { tagIds: string[] }
}

export interface RemoteTagGroup {
  id: string
  name: string
  order: number
  tags: { id: string; name: string; order: number }[]
}

export interface RemoteMember {
  userId: string
  name: string
  position: string
  mainDepartmentId: number | null
  departmentIds: number[]
  status: number
}

export interface RemoteDepartment {
  id: number
  name: string
  parentId: number | null
  leaderUserIds: string[]
}
