import { Refusal } from '../refusal.ts'
import type { Member } from '../types.ts'
import { randomId, type World } from '../world.ts'
import type { Api } from './kit.ts'

const TYPES = `text image voice video file textcard news mpnews markdown miniprogram_notice template_card`.split(' ')
const ALL = '@all'
const PER_MINUTE = 30
const PER_HOUR = 1_000
const DUPLICATE_WINDOW = 1_800
const LONGEST_WINDOW = 4 * 3_600
const KEPT = 5_000

const split = (value: unknown): string[] =>
  String(value ?? '')
    .split('|')
    .filter((part) => part !== '')

/** What the type's own part must hold: an empty text is 44004, a card without its parts 40063, one too long 40058. */
function checkContent(msgtype: string, content: Record<string, unknown>): void {
  if (msgtype === 'text' && !content['content']) throw new Refusal(44004, 'text content is empty')
  if (msgtype !== 'textcard') return
  const { title, description, url } = content
  if (!title || !description || !url) throw new Refusal(40063)
  if ([...String(title)].length > 128 || [...String(description)].length > 512) throw new Refusal(40058)
  if (Buffer.byteLength(String(url)) > 2_048) throw new Refusal(40058)
}

/** Who is meant: members of the range by id, by department, or all. */
function recipients(world: World, users: string[], parties: string[]): Member[] {
  const range = world.shop.members.filter((m) => m.visible && m.status === 1)
  if (users.includes(ALL)) return range
  const named = new Set(users.map((u) => u.toLowerCase()))
  return range.filter(
    (m) => named.has(m.userid.toLowerCase()) || m.departments.some((id) => parties.includes(String(id))),
  )
}

/** Over thirty a minute or a thousand an hour to one member are dropped without a word, and so are repeats where asked. */
function deliver(world: World, userid: string, msgtype: string, body: Record<string, unknown>): void {
  const now = world.now()
  const mine = world.outbox.filter((m) => m.touser === userid)
  if (mine.filter((m) => m.at > now - 60).length >= PER_MINUTE) return
  if (mine.filter((m) => m.at > now - 3_600).length >= PER_HOUR) return
  if (body['enable_duplicate_check'] === 1) {
    const window = Math.min(Number(body['duplicate_check_interval'] ?? DUPLICATE_WINDOW), LONGEST_WINDOW)
    const same = (other: Record<string, unknown>) => JSON.stringify(other[msgtype]) === JSON.stringify(body[msgtype])
    if (mine.some((m) => m.msgtype === msgtype && m.at > now - window && same(m.body))) return
  }
  world.outbox.push({ touser: userid, msgtype, body, at: now })
  if (world.outbox.length > KEPT) world.outbox.shift()
}

/** Partly wrong recipients are a success that names them in lower case; all wrong is 81013. */
const send: Api = {
  method: 'POST',
  path: '/cgi-bin/message/send',
  needs: 'agent',
  answer: ({ world, body }) => {
    if (body['agentid'] === undefined) throw new Refusal(40056, 'invalid agentid')
    if (body['agentid'] !== world.agentId) throw new Refusal(301002)
    const msgtype = String(body['msgtype'] ?? '')
    if (!TYPES.includes(msgtype)) throw new Refusal(40008, 'invalid message type')
    const content = body[msgtype]
    if (typeof content !== 'object' || content === null) throw new Refusal(40063)
    checkContent(msgtype, content as Record<string, unknown>)
    const [users, parties, tags] = [split(body['touser']), split(body['toparty']), split(body['totag'])]
    if (users.length + parties.length + tags.length === 0)
      throw new Refusal(82001, 'all touser & toparty & totag empty')
    if (users.length > 1_000) throw new Refusal(40032, 'invalid userid list length')
    if (parties.length > 100) throw new Refusal(82002, 'too many parties')
    if (tags.length > 100) throw new Refusal(82003, 'too many tags')
    const known = recipients(world, users, parties)
    if (known.length === 0) throw new Refusal(81013)
    for (const { userid } of known) deliver(world, userid, msgtype, body)
    const met = new Set(known.map((m) => m.userid.toLowerCase()))
    const unknown = users.map((u) => u.toLowerCase()).filter((u) => u !== ALL && !met.has(u))
    const departments = new Set(world.shop.departments.map((d) => String(d.id)))
    return {
      invaliduser: unknown.join('|'),
      ...(parties.length > 0 && { invalidparty: parties.filter((id) => !departments.has(id)).join('|') }),
      ...(tags.length > 0 && { invalidtag: tags.join('|') }),
      msgid: randomId('SimMsg', 24),
    }
  },
}

export const messageApis: Api[] = [send]
