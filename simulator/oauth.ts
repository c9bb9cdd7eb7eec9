import type { Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import { html } from 'hono/html'
import { randomId, type World } from './world.ts'

const CODE_LIFE = 300
const SCOPES = ['snsapi_base', 'snsapi_privateinfo']

/**
 * The authorise page of the client (`/connect/oauth2/authorize`) and the web login (`/wwlogin/sso/login`).
 * In the client the member who holds the phone is known and the answer is silent; elsewhere one chooses who to be.
 */
export function mountOauth(app: Hono, world: World, trustedHost: () => string): void {
  for (const path of ['/__sim/connect/oauth2/authorize', '/__sim/wwlogin/sso/login']) {
    app.get(path, (c) => {
      c.header('cache-control', 'no-store')
      const { appid = '', redirect_uri = '', state = '', scope = 'snsapi_base', agentid, as } = c.req.query()
      const refusal = problem(world, trustedHost(), { appid, redirect_uri, state, scope, agentid })
      if (refusal) return c.html(page('无法授权', html`<p>${refusal}</p>`), 400)
      const silent = path.includes('oauth2') && scope === 'snsapi_base' ? getCookie(c, 'wwsim_member') : undefined
      const who = as ?? silent
      const member = world.shop.members.find((m) => m.userid === who && m.status !== 5)
      if (!member && who !== 'stranger') return c.html(page('选择以谁的身份登录', choices(world, new URL(c.req.url))))
      const back = new URL(redirect_uri)
      back.searchParams.set(
        'code',
        issueCode(world, member ? { userid: member.userid } : { openid: 'oSimStranger000000000001' }, scope),
      )
      back.searchParams.set('state', state)
      return c.redirect(back.href, 302)
    })
  }
}

function issueCode(world: World, who: { userid?: string; openid?: string }, scope: string): string {
  const code = randomId('SimCode', 43)
  world.codes.set(code, { ...who, scope, expiresAt: world.now() + CODE_LIFE, used: false })
  return code
}

function problem(
  world: World,
  host: string,
  q: { appid: string; redirect_uri: string; state: string; scope: string; agentid: string | undefined },
): string | null {
  if (q.appid !== world.corpId) return 'appid 不是本企业的 CorpID（40013）'
  if (q.agentid !== undefined && q.agentid !== String(world.agentId)) return 'agentid 不是本应用（301002）'
  if (!SCOPES.includes(q.scope)) return `scope 不认识：${q.scope}`
  if (!/^[A-Za-z0-9]{0,128}$/.test(q.state)) return 'state 只能是 128 个以内的字母和数字'
  if (!URL.canParse(q.redirect_uri) || new URL(q.redirect_uri).host !== host) {
    return `redirect_uri 与配置的可信域名不一致，错误码 50001。可信域名：${host}（端口也要一致）`
  }
  return null
}

function choices(world: World, url: URL) {
  const link = (who: string) => {
    const to = new URL(url)
    to.searchParams.set('as', who)
    return `${to.pathname}${to.search}`
  }
  const members = world.shop.members.filter((m) => m.status !== 5)
  return html`<ul>
    ${members.map(
      (m) =>
        html`<li>
          <a href="${link(m.userid)}">${m.name} <small>${m.position} · ${m.userid}</small></a>
        </li>`,
    )}
    <li><a href="${link('stranger')}">不是本企业成员的人</a></li>
  </ul>`
}

const page = (title: string, body: ReturnType<typeof html>) =>
  html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>${title}</title>
        <style>
          body {
            font:
              16px/1.6 system-ui,
              'Noto Sans CJK SC',
              sans-serif;
            max-width: 420px;
            margin: 40px auto;
            padding: 0 16px;
            color-scheme: light dark;
          }
          ul {
            list-style: none;
            padding: 0;
          }
          a {
            display: block;
            min-height: 44px;
            padding: 9px 12px;
          }
          small {
            opacity: 0.7;
          }
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`
