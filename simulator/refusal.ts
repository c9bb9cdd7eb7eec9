import { randomBytes, randomInt } from 'node:crypto'

/** WeCom's refusal of a call. It travels as HTTP 200 with `errcode` and the endpoint's empty collections beside it. */
export class Refusal extends Error {
  readonly errcode: number
  constructor(errcode: number, text = '') {
    super(text || (TEXT[errcode] ?? 'error'))
    this.name = 'Refusal'
    this.errcode = errcode
  }
}

/** The wording on the wire is not stable, so the hint differs on every call: nothing may match on it. */
export function errmsg(refusal: Refusal, ip: string, nowSeconds: number): string {
  if (PLAIN.has(refusal.errcode)) return refusal.message
  const { errcode, message } = refusal
  return `${message}, hint: [${hint(errcode, nowSeconds)}], from ip: ${ip}, more info at https://open.work.weixin.qq.com/devtool/query?e=${errcode}`
}

/** Digits; for an expired token a time, a number and a hash. */
const hint = (errcode: number, nowSeconds: number): string =>
  errcode === 42001
    ? `${nowSeconds}_${randomInt(100)}_${randomBytes(16).toString('hex')}`
    : `${nowSeconds}${String(randomInt(1e12)).padStart(15, '0')}`

const PLAIN = new Set([40014, 41004])
const TEXT: Record<number, string> = {
  [-1]: 'system busy',
  6000: 'data version conflict',
  40001: 'invalid credential',
  40003: 'invalid userid',
  40007: 'invalid media_id',
  40013: 'invalid corpid',
  40014: 'invalid access_token',
  40029: 'invalid code',
  40058: 'invalid request parameter',
  40063: 'some parameters are empty',
  40071: 'tag name exists',
  40072: 'invalid tag name length',
  40096: 'invalid external userid',
  40098: 'takeover user is not activated',
  40130: 'handover and takeover are the same user',
  41001: 'access_token missing',
  41002: 'corpid missing',
  41004: 'corpsecret missing',
  41035: 'external_userid missing',
  42001: 'access_token expired',
  42003: 'code expired',
  42022: 'code has been used',
  45009: 'api freq out of limit',
  45033: 'api concurrent out of limit',
  48002: 'api forbidden',
  50100: 'invalid cursor',
  60011: 'no privilege to access/modify contact/party/agent',
  60020: 'not allow to access from your ip',
  60111: 'userid not found',
  81013: 'user & party & tag all invalid',
  84061: 'not external contact',
  84074: 'no external contact permission',
  81011: 'no permission to operate this tag',
  84014: 'user_ticket expired',
  84015: 'invalid user_ticket',
  301002: 'agentid not match',
}
