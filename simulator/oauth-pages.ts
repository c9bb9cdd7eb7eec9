import { html } from 'hono/html'
import type { Member } from './types.ts'
import type { World } from './world.ts'

type Html = ReturnType<typeof html>

/** The same address with our own parameters set. */
function withParams(url: URL, params: Record<string, string>): string {
  const to = new URL(url)
  for (const [name, value] of Object.entries(params)) to.searchParams.set(name, value)
  return `${to.pathname}${to.search}`
}

export const problemPage = (problem: string): Html => page('无法授权', html`<p role="alert">${problem}</p>`)

/** Who are you: every member, a customer, a member of another corp, a stranger. Links only, no script. */
export function choicePage(world: World, url: URL, mayDecline: boolean): Html {
  const choice = (as: string, name: string, note: string) =>
    html`<li>
      <a href="${withParams(url, { as })}">${name} <small>${note}</small></a>
    </li>`
  const customer = world.shop.customers.find((c) => c.follows.some((f) => f.relation === 'active'))
  return page(
    '选择以谁的身份登录',
    html`<ul>
        ${world.shop.members
          .filter((m) => m.status !== 5)
          .map((m) => choice(m.userid, m.name, `${m.position} · ${m.userid}`))}
      </ul>
      <h2>不是本企业成员</h2>
      <ul>
        ${customer && choice(customer.externalUserid, customer.name, '本企业的客户')}
        ${choice('partner', '上下游企业的成员', 'CorpId/userid')} ${choice('stranger', '陌生人', '只有 openid')}
        ${mayDecline && choice('declined', '拒绝登录', '不带 code 返回')}
      </ul>`,
  )
}

/** What to show to the app: the member ticks, the form comes back to the same address. */
export function consentPage(member: Member, url: URL, details: Record<string, string>): Html {
  const kept = [...url.searchParams].filter(([name]) => name !== 'allow')
  return page(
    '允许应用获取你的信息',
    html`<form method="get" action="${url.pathname}">
      ${kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
      <input type="hidden" name="as" value="${member.userid}" />
      <input type="hidden" name="allow" value="" />
      <fieldset>
        <legend>${member.name}，选择愿意提供的信息</legend>
        ${Object.entries(details).map(
          ([name, label]) =>
            html`<label><input type="checkbox" name="allow" value="${name}" checked /> ${label}</label>`,
        )}
      </fieldset>
      <button type="submit">允许</button>
    </form>`,
  )
}

const page = (title: string, body: Html): Html =>
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
          a,
          label,
          button {
            display: block;
            min-height: 44px;
            padding: 9px 12px;
            font: inherit;
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
