import { Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import { liveMedia } from './api/media.ts'
import type { Callbacks } from './callbacks.ts'
import { signPage } from './crypto.ts'
import { type Acts, Unknown } from './in-wecom.ts'
import type { ServerApi } from './server-api.ts'
import type { ChatMessage } from './types.ts'
import { conversationOf, findMember, randomId } from './world.ts'

export interface Control {
  sim: ServerApi
  callbacks: Callbacks
  acts: Acts
  reset: () => void
}

/** The control API under `/__sim/api`: what the chat client reads and writes, and every fault and change on demand. */
export function createControl(control: Control): Hono {
  const app = new Hono()
  app.onError((error, c) => {
    if (error instanceof Unknown) return c.json({ error: error.message }, 404)
    if (error instanceof SyntaxError) return c.json({ error: '请求不是有效的 JSON' }, 400)
    throw error
  })
  mountChat(app, control)
  mountFaults(app, control)
  mountActs(app, control)
  return app
}

function mountChat(app: Hono, { sim: { world } }: Control): void {
  app.get('/state', (c) => {
    const me = /(?:^|;\s*)wwsim_member=([^;]+)/.exec(c.req.header('cookie') ?? '')?.[1] ?? null
    const { corpName, departments, members } = world.shop
    const nameOf = (id: number) => departments.find((d) => d.id === id)?.name ?? String(id)
    return c.json({
      corpName,
      corpId: world.corpId,
      agentId: String(world.agentId),
      me,
      members: members
        .filter((m) => m.status !== 5)
        .map((m) => ({
          userid: m.userid,
          name: m.name,
          avatar: m.avatar,
          position: m.position,
          departments: m.departments.map(nameOf),
        })),
      tagGroups: world.shop.tagGroups
        .filter((g) => !g.deleted)
        .map((g) => ({
          id: g.id,
          name: g.name,
          tags: g.tags.filter((t) => !t.deleted).map((t) => ({ id: t.id, name: t.name })),
        })),
    })
  })
  app.get('/conversations', (c) => {
    const userid = c.req.query('userid') ?? ''
    const mine = world.shop.customers.flatMap((customer) => {
      const follow = customer.follows.find((f) => f.userid === userid && f.relation !== 'memberDeleted')
      if (!follow) return []
      const last = world.shop.conversations
        .find((t) => t.userid === userid && t.externalUserid === customer.externalUserid)
        ?.messages.at(-1)
      return [
        {
          externalUserid: customer.externalUserid,
          name: customer.name,
          remark: follow.remark,
          avatar: customer.avatar,
          type: customer.type,
          corpName: customer.corpName ?? null,
          last: last ? { text: summary(last), at: last.at } : null,
        },
      ]
    })
    return c.json(mine.sort((a, b) => (b.last?.at ?? 0) - (a.last?.at ?? 0)))
  })
  app.get('/conversations/messages', (c) =>
    c.json(conversationOf(world, c.req.query('userid') ?? '', c.req.query('externalUserid') ?? '').messages),
  )
  app.post('/conversations/messages', async (c) => {
    const { userid, externalUserid, from, body } = await c.req.json<{
      userid: string
      externalUserid: string
      from: ChatMessage['from']
      body: ChatMessage['body']
    }>()
    if (!findMember(world, userid)) throw new Unknown(`没有成员 ${userid}`)
    const message: ChatMessage = { id: randomId('m', 16), from, body, at: world.now() }
    conversationOf(world, userid, externalUserid).messages.push(message)
    world.touched()
    return c.json(message)
  })
  app.get('/media/:id', (c) => {
    const media = liveMedia(world, c.req.param('id'))
    if (!media) return c.json({ error: '没有这个 media_id，或已过三天' }, 404)
    return c.body(media.bytes.slice().buffer, 200, { 'content-type': media.mime })
  })
  app.post('/identity', async (c) => {
    const { userid } = await c.req.json<{ userid: string }>()
    if (!findMember(world, userid)) throw new Unknown(`没有成员 ${userid}`)
    setCookie(c, 'wwsim_member', userid, { path: '/', sameSite: 'Lax' })
    return c.json({ ok: true })
  })
  app.post('/verify', async (c) => c.json(verify(world, await c.req.json())))
}

const HELP = 'more info at https://open.work.weixin.qq.com/devtool/query'

interface Claim {
  kind: 'config' | 'agentConfig'
  nonceStr: string
  timestamp: string | number
  signature: string
  url: string
}

/** What the client checks: the ticket of the right kind, this very address, a time of today. */
export function verify(world: ServerApi['world'], claim: Claim): { ok: true } | { ok: false; why: string } {
  const tickets = world.tickets[claim.kind === 'config' ? 'corp' : 'agent']
  const signed = (list: typeof tickets) =>
    list.some((t) => signPage(t.value, claim.nonceStr, claim.timestamp, claim.url) === claim.signature)
  if (signed(tickets)) return { ok: true }
  const other = world.tickets[claim.kind === 'config' ? 'agent' : 'corp']
  if (signed(other)) return { ok: false, why: `ticket no available ${HELP}?e=42012` }
  return { ok: false, why: `invalid signature ${HELP}?e=40093` }
}

const SUMMARY: Record<string, string> = {
  image: '[图片]',
  news: '[链接]',
  miniprogram: '[小程序]',
  file: '[文件]',
  video: '[视频]',
}
const summary = ({ body }: ChatMessage): string =>
  body.msgtype === 'text'
    ? String((body['text'] as { content?: string } | undefined)?.content ?? '')
    : (SUMMARY[body.msgtype] ?? `[${body.msgtype}]`)

function mountFaults(app: Hono, { sim, callbacks, reset }: Control): void {
  const { faults, world } = sim
  const done = { ok: true }
  app.get('/faults', (c) => {
    const { trustedIp, unavailable, customerApi, busyRate, concurrency } = faults
    return c.json({
      faults: faults.list(),
      trustedIp,
      unavailable,
      customerApi,
      busyRate,
      concurrency,
      perMinute: Object.fromEntries(faults.perMinute),
      callbacks: callbacks.mode,
    })
  })
  app.post('/faults', async (c) => {
    faults.add(await c.req.json())
    return c.json(done)
  })
  app.delete('/faults', (c) => {
    faults.clear()
    Object.assign(faults, { trustedIp: true, unavailable: false, customerApi: true, busyRate: 0 })
    faults.perMinute.clear()
    sim.limits.reset()
    return c.json(done)
  })
  app.post('/tokens/invalidate', (c) => {
    for (const token of world.tokens.values()) token.dead = true
    return c.json(done)
  })
  app.post('/secret/reset', async (c) => {
    const { secret } = await c.req.json<{ secret?: string }>().catch(() => ({ secret: undefined }))
    world.secret = secret ?? randomId('SimSecret', 43)
    for (const token of world.tokens.values()) token.dead = true
    return c.json({ ...done, secret: world.secret })
  })
  app.post('/ip', async (c) => {
    faults.trustedIp = (await c.req.json<{ trusted: boolean }>()).trusted
    return c.json(done)
  })
  app.post('/unavailable', async (c) => {
    faults.unavailable = (await c.req.json<{ on: boolean }>()).on
    return c.json(done)
  })
  app.post('/permission', async (c) => {
    faults.customerApi = (await c.req.json<{ customerApi: boolean }>()).customerApi
    return c.json(done)
  })
  app.post('/quota', async (c) => {
    const { path, perMinute } = await c.req.json<{ path: string; perMinute: number }>()
    faults.perMinute.set(path, perMinute)
    sim.limits.reset()
    return c.json(done)
  })
  app.get('/calls', (c) => c.json(sim.calls.slice(-200)))
  app.delete('/calls', (c) => {
    sim.calls.length = 0
    return c.json(done)
  })
  app.get('/callbacks', (c) => c.json(callbacks.log.slice(-200)))
  app.post('/callbacks/mode', async (c) => {
    Object.assign(callbacks.mode, await c.req.json())
    return c.json(callbacks.mode)
  })
  app.post('/reset', (c) => {
    reset()
    return c.json(done)
  })
}

function mountActs(app: Hono, { acts }: Control): void {
  const on = <T>(path: string, act: (input: T) => unknown) =>
    app.post(`/events${path}`, async (c) => c.json({ ok: true, result: act(await c.req.json<T>()) ?? null }))
  on('/customers/add', acts.addCustomer)
  on('/customers/confirm', acts.confirm)
  on('/customers/delete', acts.deleteCustomer)
  on('/customers/edit', acts.editCustomer)
  on('/tags/create', acts.createTag)
  on('/tags/rename', acts.renameTag)
  on('/tags/delete', acts.deleteTag)
  on('/tags/shuffle', acts.shuffleTags)
  on('/members/leave', acts.memberLeaves)
  on('/members/rename', acts.renameMember)
}
