import type { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import { liveMedia } from '../api/media.ts'
import { Unknown } from '../in-wecom.ts'
import type { ChatMessage } from '../types.ts'
import { conversationOf, findConversation, findMember, randomId, type World } from '../world.ts'
import { readInput } from './input.ts'
import { claimShape, verify } from './verify.ts'

const identityShape = z.object({ userid: z.string() })
const messageShape = z.object({
  userid: z.string(),
  externalUserid: z.string().min(1),
  from: z.enum(['customer', 'member', 'system']),
  body: z.looseObject({ msgtype: z.string() }),
})

/** What the chat client reads and writes: who there is, conversations, uploads, signatures, and who holds the phone. */
export function mountChat(app: Hono, world: World): void {
  app.get('/state', (c) => c.json({ ...shopState(world), me: getCookie(c, 'wwsim_member') ?? null }))
  app.get('/conversations', (c) => c.json(conversations(world, c.req.query('userid') ?? '')))
  app.get('/conversations/messages', (c) => {
    const { userid = '', externalUserid = '' } = c.req.query()
    return c.json(findConversation(world, userid, externalUserid)?.messages ?? [])
  })
  app.post('/conversations/messages', async (c) => {
    const { userid, externalUserid, from, body } = await readInput(c, messageShape)
    if (!findMember(world, userid)) throw new Unknown(`没有成员 ${userid}`)
    const message: ChatMessage = { id: randomId('m', 16), from, body, at: world.now() }
    conversationOf(world, userid, externalUserid).messages.push(message)
    world.touched()
    return c.json(message)
  })
  app.get('/media/:id', (c) => {
    const media = liveMedia(world, c.req.param('id'))
    if (!media) return c.json({ error: '没有这个 media_id，或已过三天' }, 404)
    return new Response(Buffer.from(media.bytes), { headers: { 'content-type': media.mime } })
  })
  app.post('/identity', async (c) => {
    const { userid } = await readInput(c, identityShape)
    if (!findMember(world, userid)) throw new Unknown(`没有成员 ${userid}`)
    setCookie(c, 'wwsim_member', userid, { path: '/', sameSite: 'Lax' })
    return c.json({ ok: true })
  })
  app.post('/verify', async (c) => c.json(verify(world, await readInput(c, claimShape))))
}

function shopState(world: World) {
  const { corpName, departments, members, tagGroups } = world.shop
  const nameOf = (id: number) => departments.find((d) => d.id === id)?.name ?? String(id)
  const present = members.filter((m) => m.status !== 5)
  return {
    corpName,
    corpId: world.corpId,
    agentId: String(world.agentId),
    members: present.map(({ userid, name, avatar, position, departments: ids }) => ({
      userid,
      name,
      avatar,
      position,
      departments: ids.map(nameOf),
    })),
    tagGroups: tagGroups
      .filter((g) => !g.deleted)
      .map(({ id, name, tags }) => ({
        id,
        name,
        tags: tags.filter((t) => !t.deleted).map((t) => ({ id: t.id, name: t.name })),
      })),
  }
}

/** A member's conversations, the latest first; those with customers the member deleted are gone. */
function conversations(world: World, userid: string) {
  const mine = world.shop.customers.flatMap((customer) => {
    const follow = customer.follows.find((f) => f.userid === userid && f.relation !== 'memberDeleted')
    if (!follow) return []
    const { externalUserid, name, avatar, type, corpName = null } = customer
    const last = findConversation(world, userid, externalUserid)?.messages.at(-1)
    const line = last ? { text: summary(last), at: last.at } : null
    return [{ externalUserid, name, remark: follow.remark, avatar, type, corpName, last: line }]
  })
  return mine.sort((a, b) => (b.last?.at ?? 0) - (a.last?.at ?? 0))
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
