import { randomBytes } from 'node:crypto'
import type { Context, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Deps } from '../context.ts'
import { syncMember } from '../features/members/service.ts'
import { beginLogin, finishLogin } from '../features/sessions/service.ts'
import { WecomError } from '../wecom/error.ts'
import { authPage } from './auth-page.ts'
import type { Env } from './mount.ts'
import { safeReturnPath } from './return-path.ts'
import { hostCookie, type Sessions } from './session.ts'

const FIVE_MINUTES = 300

/** Where a browser without a session is sent. */
export const loginPath = (returnPath: string): string => `/auth/login?return=${encodeURIComponent(returnPath)}`

/** `/auth/login` begins WeCom's OAuth, `/auth/callback` ends it. Neither page is ever cached: a used code must not come back. */
export function oauth(app: Hono<Env>, deps: Deps, sessions: Sessions): void {
  const { publicUrl } = deps.config
  const cookie = hostCookie('pangbai-login', publicUrl)

  app.use('/auth/*', async (c, next) => {
    c.header('cache-control', 'no-store')
    await next()
  })

  app.get('/auth/login', async (c) => {
    const asked = c.req.queries('return') ?? []
    const returnPath = asked.length > 1 ? undefined : safeReturnPath(asked[0], publicUrl)
    if (returnPath === undefined) return await refuse(c, 400, BAD_RETURN)
    const known = getCookie(c, cookie.name)
    // Two tabs may sign in at once: the browser keeps its mark while it has one.
    const browser = known && /^[\w-]{22}$/.test(known) ? known : randomBytes(16).toString('base64url')
    const state = await beginLogin(deps, { browser, returnPath })
    setCookie(c, cookie.name, browser, { ...cookie.options, maxAge: FIVE_MINUTES })
    const inWecom = /wxwork\//i.test(c.req.header('user-agent') ?? '')
    return c.redirect(inWecom ? authorizeUrl(deps.config, state) : webLoginUrl(deps.config, state))
  })

  app.get('/auth/signed-out', (c) => refuse(c, 200, SIGNED_OUT))

  app.get('/auth/callback', async (c) => {
    const { code = '', state = '' } = c.req.query()
    const browser = getCookie(c, cookie.name) ?? ''
    const returnPath = await finishLogin(deps, { state, browser })
    if (returnPath === undefined) return await refuse(c, 400, BAD_STATE)
    if (code === '' || code.length > 512) return await refuse(c, 400, NO_CODE, returnPath)
    try {
      const person = await deps.wecom.memberOfCode(code)
      if (!person) return await refuse(c, 403, NOT_MEMBER, returnPath)
      const member = await syncMember(deps, person.userId)
      if (!member) return await refuse(c, 403, OUT_OF_RANGE, returnPath)
      await sessions.begin(member.userId, c)
    } catch (error) {
      if (!(error instanceof WecomError)) throw error
      deps.log.warn({ errcode: error.errcode, api: error.api, requestId: c.get('requestId') }, 'sign-in failed')
      const why = { title: '登录没有成功', message: error.message, code: `wecom_${error.errcode}` }
      return await refuse(c, error.busy ? 503 : 403, why, returnPath)
    }
    deleteCookie(c, cookie.name, cookie.options)
    return c.redirect(publicUrl + returnPath)
  })
}

interface Reason {
  title: string
  message: string
  code: string
}

const BAD_RETURN = {
  title: '链接不对',
  message: '登录后要回到的地址不是本站的页面。请从侧边栏重新打开。',
  code: 'bad_return',
}
const BAD_STATE = {
  title: '登录已失效',
  message: '这次登录已经用过、超过五分钟，或不是在这个浏览器里开始的。请重新登录。',
  code: 'bad_state',
}
const SIGNED_OUT = {
  title: '已退出登录',
  message: '这台设备上不再留有客户资料。要继续使用，请重新登录。',
  code: 'signed_out',
}
const NO_CODE = { title: '没有登录', message: '企业微信没有给出登录凭证，可能是取消了登录。', code: 'no_code' }
const NOT_MEMBER = {
  title: '不是企业成员',
  message: '旁白只供本企业的成员使用。请用企业成员的账号登录。',
  code: 'not_member',
}
const OUT_OF_RANGE = {
  title: '还不能使用旁白',
  message: '你的账号未激活、已停用，或不在应用的可见范围内。请联系管理员把你加入应用的可见范围。',
  code: 'out_of_range',
}

function refuse(c: Context<Env>, status: 200 | 400 | 403 | 503, reason: Reason, returnPath = '/sidebar') {
  const page = { ...reason, requestId: c.get('requestId') ?? '', again: loginPath(returnPath) }
  return c.html(authPage(page), status)
}

/** Inside WeCom: silent (`snsapi_base`). The fragment is part of the protocol (server-api.md §3.1). */
function authorizeUrl({ publicUrl, wecom }: Deps['config'], state: string): string {
  const query = new URLSearchParams({
    appid: wecom.corpId,
    redirect_uri: `${publicUrl}/auth/callback`,
    response_type: 'code',
    scope: 'snsapi_base',
    state,
    agentid: String(wecom.agentId),
  })
  return `${wecom.authorizeUrl}?${query.toString()}#wechat_redirect`
}

/** Any other browser: WeCom's own sign-in page (server-api.md §3.4). */
function webLoginUrl({ publicUrl, wecom }: Deps['config'], state: string): string {
  const query = new URLSearchParams({
    login_type: 'CorpApp',
    appid: wecom.corpId,
    agentid: String(wecom.agentId),
    redirect_uri: `${publicUrl}/auth/callback`,
    state,
    lang: 'zh',
  })
  return `${wecom.webLoginUrl}?${query.toString()}`
}
