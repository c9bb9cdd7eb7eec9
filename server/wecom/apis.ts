/**
 * The WeCom calls we make, as data.
 * `repeat`: may be sent again when nobody knows whether it arrived (reads, and writes that end in the same state).
 * `limit`: WeCom's own, per corp and API (server-api.md §8).
 */
export interface Api {
  readonly method: 'get' | 'post'
  readonly path: `/cgi-bin/${string}`
  readonly repeat: boolean
  readonly timeoutMs: number
  readonly limit: Limit
}

export interface Limit {
  readonly minute: number
  readonly hour: number
}

const USUAL: Limit = { minute: 10_000, hour: 150_000 }
const TICKETS: Limit = { minute: 100, hour: 100 }
/** Undocumented; repeated calls get the caller blocked, and two an hour are all we need. */
const TOKENS: Limit = { minute: 75, hour: 600 }

const read = (path: Api['path'], limit = USUAL): Api => ({ method: 'get', path, repeat: true, timeoutMs: 3_000, limit })
const post = (path: Api['path'], repeat: boolean, timeoutMs = 3_000): Api => ({
  method: 'post',
  path,
  repeat,
  timeoutMs,
  limit: USUAL,
})

export const API = {
  token: read('/cgi-bin/gettoken', TOKENS),
  corpTicket: read('/cgi-bin/get_jsapi_ticket', TICKETS),
  agentTicket: read('/cgi-bin/ticket/get', TICKETS),
  /** An OAuth code works once: a lost answer cannot be asked for again. */
  memberOfCode: { ...read('/cgi-bin/auth/getuserinfo'), repeat: false },
  member: read('/cgi-bin/user/get'),
  departments: read('/cgi-bin/department/list'),
  customer: read('/cgi-bin/externalcontact/get'),
  followUsers: read('/cgi-bin/externalcontact/get_follow_user_list'),
  book: post('/cgi-bin/externalcontact/batch/get_by_user', true, 10_000),
  /** Several members in one call are their totals: one member a call. */
  behavior: post('/cgi-bin/externalcontact/get_user_behavior_data', true),
  /** A lost answer may be asked again: what is under way says so (40129). */
  transfer: post('/cgi-bin/externalcontact/transfer_customer', true, 10_000),
  transferResult: post('/cgi-bin/externalcontact/transfer_result', true),
  remark: post('/cgi-bin/externalcontact/remark', true),
  markTag: post('/cgi-bin/externalcontact/mark_tag', true),
  tags: post('/cgi-bin/externalcontact/get_corp_tag_list', true),
  editTag: post('/cgi-bin/externalcontact/edit_corp_tag', true),
  deleteTag: post('/cgi-bin/externalcontact/del_corp_tag', false),
  addTag: post('/cgi-bin/externalcontact/add_corp_tag', false),
  /** Repeats are suppressed by WeCom where the body asks for it, as ours does. */
  message: post('/cgi-bin/message/send', true),
  upload: post('/cgi-bin/media/upload', false, 10_000),
} as const satisfies Record<string, Api>
