import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { Actor, Deps } from '../context.ts'
import { createLog } from '../log.ts'
import { answerError } from './errors.ts'
import { jssdkRoutes, ownPage } from './jssdk.ts'
import { type Env, mount } from './mount.ts'

const US = 'https://pangbai.example.com'

test.for([
  'https://pangbai.example.com.evil.cn/sidebar',
  'https://pangbai.example.com@evil.cn/sidebar',
  'https://user@pangbai.example.com/sidebar',
  'https://:@pangbai.example.com/sidebar',
  'http://pangbai.example.com/sidebar',
  'https://pangbai.example.com:8443/sidebar',
  'https://pangbai.example.com:443/sidebar',
  'https://pangbai.example.com\\@evil.cn/sidebar',
  'https:\\\\pangbai.example.com\\sidebar',
  'https://evil.cn\\@pangbai.example.com/sidebar',
  'https:pangbai.example.com/sidebar',
  'HTTPS://pangbai.example.com/sidebar',
  'https://PANGBAI.example.com/sidebar',
  'https://pangbai.example.com./sidebar',
  'https://pangbai.example.com',
  'https://pangbai.example.com/sidebar/../api/me',
  'https://pangbai.example.com/api/me',
  'https://pangbai.example.com/sidebarx',
  'https://pangbai.example.com/side\tbar',
  ' https://pangbai.example.com/sidebar',
  'https://pangbai.example.com/sidebar ',
  'https://pangbai.example.com/sidebar?kw=张三',
  '//pangbai.example.com/sidebar',
  '/sidebar',
  'javascript:alert(1)',
  '',
])('%j is not signed', (url) => {
  expect(ownPage(url, US)).toBeUndefined()
})

test('a page of ours is signed byte for byte, without what follows #', () => {
  const page = `${US}/sidebar?entry=single_chat_tools&kw=%E5%BC%A0%e4%b8%89&empty=&x='|`
  expect(ownPage(`${US}/sidebar?kw=%E5%BC%A0#/tags`, US)).toBe(`${US}/sidebar?kw=%E5%BC%A0`)
  expect(ownPage(page.replace(`'|`, '%27|'), US)).toBe(page.replace(`'|`, '%27|'))
  expect(ownPage(`${US}/sidebar?`, US)).toBe(`${US}/sidebar?`)
  expect(ownPage(`http://localhost:5180/sidebar`, 'http://localhost:5180')).toBe('http://localhost:5180/sidebar')
})

function appFor(actor: Actor) {
  const ticketsAsked: string[] = []
  const wecom = {
    ticket: async (kind: string) => {
      ticketsAsked.push(kind)
      return `CanaryTicketOf-${kind}`
    },
  }
  let lines = ''
  const log = createLog('trace', { write: (line) => (lines += line) })
  const config = { publicUrl: US, wecom: { corpId: 'ww1', agentId: 1000002 } }
  const deps = { wecom, config, log, now: () => new Date() } as unknown as Deps
  const app = new Hono<Env>()
  app.onError((err, c) => answerError(log, err, c))
  app.use(async (c, next) => {
    c.set('actor', actor)
    await next()
  })
  jssdkRoutes((e, handle) => mount(app, deps, e, handle))
  const sign = (url: unknown) =>
    app.request('/api/jssdk/signature', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url }),
    })
  return { sign, ticketsAsked, logged: () => lines }
}

const member: Actor = { kind: 'member', userId: 'rep-a', name: '林' }

test('nobody gets a signature without a session', async () => {
  const { sign, ticketsAsked } = appFor({ kind: 'nobody' })
  expect((await sign(`${US}/sidebar`)).status).toBe(401)
  expect(ticketsAsked).toEqual([])
})

test('a foreign page is refused before any ticket is touched', async () => {
  const { sign, ticketsAsked } = appFor(member)
  for (const url of [`${US}.evil.cn/`, `${US}@evil.cn/`, 7, null]) expect((await sign(url)).status).toBe(400)
  expect(ticketsAsked).toEqual([])
})

test('a member gets signatures, never a ticket, thirty times a minute', async () => {
  const { sign, logged } = appFor(member)
  const answers = await Promise.all(Array.from({ length: 33 }, async () => await sign(`${US}/sidebar?a=1#x`)))
  expect(answers.map((answer) => answer.status).filter((status) => status === 200)).toHaveLength(30)
  expect(answers.slice(30).map((answer) => answer.status)).toEqual([429, 429, 429])
  const bodies = (await Promise.all(answers.map((answer) => answer.text()))).join()
  expect(bodies).toContain(`"url":"${US}/sidebar?a=1"`)
  expect(bodies + logged()).not.toContain('CanaryTicket')
})
