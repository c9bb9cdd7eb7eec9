/** What the pretend WeCom knows. Wire names stay at the edges; inside, fields are camelCase. Times are seconds (UTC), as on WeCom's wire. */

export interface Department {
  id: number
  name: string
  parentId: number
  order: number
  leaders: string[]
}

export interface Member {
  userid: string
  name: string
  alias: string
  position: string
  departments: number[]
  mainDepartment: number
  /** 1 active, 2 disabled, 4 not activated, 5 left */
  status: 1 | 2 | 4 | 5
  gender: '0' | '1' | '2'
  mobile: string
  avatar: string
  /** Inside the app's visible range. */
  visible: boolean
  /** Has the 客户联系 function. */
  customerContact: boolean
}

export interface Tag {
  id: string
  name: string
  order: number
  createTime: number
  /** Only the creator may edit or delete: 'console', or the agent id of the app. */
  creator: string
  deleted: boolean
}

export interface TagGroup {
  id: string
  name: string
  order: number
  createTime: number
  creator: string
  deleted: boolean
  tags: Tag[]
}

export interface PersonalTag {
  groupName: string
  name: string
}

/** The tie between one member and one customer. */
export interface Follow {
  userid: string
  remark: string
  description: string
  createTime: number
  tagIds: string[]
  personalTags: PersonalTag[]
  remarkCorpName?: string
  remarkMobiles?: string[]
  addWay: number
  operUserid: string
  state?: string
  wechatChannels?: { nickname: string; source: number }
  /** active; half = added but not confirmed; memberDeleted = gone after a short lag; customerDeleted = one-way, still readable */
  relation: 'active' | 'half' | 'memberDeleted' | 'customerDeleted'
}

export interface Customer {
  externalUserid: string
  name: string
  /** 1 WeChat, 2 WeCom */
  type: 1 | 2
  gender: 0 | 1 | 2
  avatar: string
  unionid?: string
  corpName?: string
  corpFullName?: string
  position?: string
  externalProfile?: { externalAttr: Record<string, unknown>[] }
  follows: Follow[]
}

export interface ChatMessage {
  id: string
  from: 'customer' | 'member' | 'system'
  /** Wire body as sent by the SDK, or {msgtype:'text', text:{content}}. */
  body: { msgtype: string; [key: string]: unknown }
  at: number
}

/** One member's conversation with one customer. */
export interface Conversation {
  userid: string
  externalUserid: string
  messages: ChatMessage[]
}

/** The shop a simulator starts with. */
export interface Shop {
  corpName: string
  departments: Department[]
  members: Member[]
  tagGroups: TagGroup[]
  customers: Customer[]
  conversations: Conversation[]
}
