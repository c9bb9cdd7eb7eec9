import type { Context, Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import { choicePage, consentPage, problemPage } from './oauth-pages.ts'
import { type Code, findCustomer, findMember, randomId, type World } from './world.ts'

const CODE_LIFE = 300
const SCOPES = ['snsapi_base', 'snsapi_privateinfo']
const AUTHORIZE = '/__sim/connect/oauth2/authorize'
const WEB_LOGIN = '/__sim/wwlogin/sso/login'
/** What a member may agree to show to an app. */
const DETAILS = { gender: '性别', avatar: '头像', mobile: '手机号', qr_code: '个人二维码' }

/** The query of both pages. Ours: `as` says who answers (a stable stub for tests), `allow` what they agree to show. */
interface Asked {
  appid: string
  redirectUri: string
  state: string
  private: boolean
  as: string | undefined
  allow: string[] | undefined
}

/**
 * The authorise page of the client and the web login. In the client the member who holds the phone (cookie `wwsim_member`) is
 * signed in silently, or asked what to show; elsewhere one chooses who to be. Ends with `redirect_uri?code=…&state=…`.
 */
export function mountOauth(app: Hono, world: World, trustedHost: () => string): void {
  for (const path of [AUTHORIZE, WEB_LOGIN]) {
    app.get(path, (c) => {
      c.header('cache-control', 'no-store')
      const problem = problemOf(world, trustedHost(), c)
      if (problem) return c.html(problemPage(problem), 400)
      const asked = read(c)
      const inClient = path === AUTHORIZE ? getCookie(c, 'wwsim_member') : undefined
      const holder = inClient === undefined ? undefined : findMember(world, inClient)
      if (asked.as === undefined && holder && holder.status !== 5) {
        if (!asked.private) return c.redirect(back(asked, issue(world, { userid: holder.userid })), 302)
        return c.html(consentPage(holder, new URL(c.req.url), DETAILS))
      }
      // Whoever declines a web login comes back with the state alone.
      if (asked.as === 'declined' && path === WEB_LOGIN) return c.redirect(back(asked), 302)
      const who = asked.as === undefined ? undefined : personOf(world, asked.as)
      if (!who) return c.html(choicePage(world, new URL(c.req.url), path === WEB_LOGIN))
      const consented = asked.private ? { consented: asked.allow ?? Object.keys(DETAILS) } : {}
      const to = back(asked, issue(world, { ...who, ...consented }), path === WEB_LOGIN ? { appid: asked.appid } : {})
      return c.redirect(to, 302)
    })
  }
}

function read(c: Context): Asked {
  const { appid = '', redirect_uri = '', state = '', scope, as } = c.req.query()
  // The web login gives no details, whatever scope it is called with.
  const isPrivate = c.req.path === AUTHORIZE && scope === 'snsapi_privateinfo'
  return { appid, redirectUri: redirect_uri, state, private: isPrivate, as, allow: c.req.queries('allow') }
}

/** Members by userid; `stranger`; `partner`, a member of another corp; or a customer by external_userid. */
function personOf(world: World, as: string): Partial<Code> | undefined {
  const member = findMember(world, as)
  if (member) return member.status === 5 ? undefined : { userid: member.userid }
  if (as === 'stranger') return { openid: 'oSimStranger000000000001' }
  if (as === 'partner') return { userid: 'wwsimpartner00000001/ChenPartner' }
  if (findCustomer(world, as)) return { openid: `oSim-${as}`.slice(0, 64), externalUserid: as }
  return undefined
}

function issue(world: World, who: Partial<Code>): string {
  const code = randomId('SimCode', 43)
  world.codes.set(code, { ...who, expiresAt: world.now() + CODE_LIFE, used: false })
  return code
}

function back(asked: Asked, code?: string, more: Record<string, string> = {}): string {
  const to = new URL(asked.redirectUri)
  for (const [name, value] of Object.entries({ ...(code && { code }), state: asked.state, ...more }))
    to.searchParams.set(name, value)
  return to.href
}

/** Why the page cannot go on, in words; null when it can. */
function problemOf(world: World, host: string, c: Context): string | null {
  const q = c.req.query()
  if (q['appid'] !== world.corpId) return 'appid 不是本企业的 CorpID（40013）'
  if (q['agentid'] !== undefined && q['agentid'] !== String(world.agentId)) return 'agentid 不是本应用（301002）'
  if (!/^[A-Za-z0-9]{0,128}$/.test(q['state'] ?? '')) return 'state 只能是 128 个以内的字母和数字'
  if (!trusted(q['redirect_uri'] ?? '', host)) {
    return `redirect_uri 与配置的可信域名不一致，错误码 50001。可信域名：${host}（端口也要一致）`
  }
  if (c.req.path === WEB_LOGIN) return q['login_type'] === 'CorpApp' ? null : 'login_type 要填 CorpApp'
  if (q['response_type'] !== 'code') return 'response_type 要填 code'
  if (!SCOPES.includes(q['scope'] ?? '')) return `scope 不认识：${q['scope'] ?? '（空）'}`
  if (q['scope'] === 'snsapi_privateinfo' && q['agentid'] === undefined) return 'snsapi_privateinfo 要带 agentid'
  return null
}

/** Host and port must be the trusted domain's. */
function trusted(redirectUri: string, host: string): boolean {
  if (!URL.canParse(redirectUri)) return false
  const { protocol, host: asked } = new URL(redirectUri)
  return /^https?:$/.test(protocol) && asked === host
}
