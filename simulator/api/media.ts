import { Refusal } from '../refusal.ts'
import { MEDIA_LIFE, type Media, randomId, type World } from '../world.ts'
import type { Api } from './kit.ts'

const MB = 2 ** 20
const RULES: Record<string, { max: number; mime: RegExp }> = {
  image: { max: 10 * MB, mime: /^image\/(jpeg|png)$/ },
  voice: { max: 2 * MB, mime: /amr/ },
  video: { max: 10 * MB, mime: /mp4/ },
  file: { max: 20 * MB, mime: /./ },
}

const upload: Api = {
  method: 'POST',
  path: '/cgi-bin/media/upload',
  needs: 'agent',
  upload: true,
  answer: async ({ world, query, form }) => {
    const type = query.get('type') ?? ''
    const rule = RULES[type]
    if (!rule) throw new Refusal(40004, 'invalid media type')
    const file = (await form()).get('media')
    if (!(file instanceof File)) throw new Refusal(44001, 'empty media data')
    const bytes = new Uint8Array(await file.arrayBuffer())
    if (bytes.length <= 5) throw new Refusal(44001, 'empty media data')
    if (bytes.length > rule.max) throw new Refusal(45001, 'media size out of limit')
    const mime = type === 'image' ? pictureType(bytes) : file.type
    if (!rule.mime.test(mime)) throw new Refusal(40005, 'invalid file type')
    const mediaId = randomId('SimMediaId_', 64)
    world.media.set(mediaId, { bytes, mime, name: file.name, type, createdAt: world.now() })
    world.touched()
    return { errmsg: '', type, media_id: mediaId, created_at: String(world.now()) }
  },
}

/** By content, not by name. */
function pictureType(bytes: Uint8Array): string {
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return 'image/png'
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? 'image/jpeg' : 'application/octet-stream'
}

/** An upload that still lives; undefined after three days. */
export function liveMedia(world: World, id: string): Media | undefined {
  const media = world.media.get(id)
  return media && media.createdAt + MEDIA_LIFE > world.now() ? media : undefined
}

const ALL = '@all'
const PER_MINUTE = 30

/** Over thirty a minute to one member are dropped without a word, as WeCom does. */
const messageSend: Api = {
  method: 'POST',
  path: '/cgi-bin/message/send',
  needs: 'agent',
  answer: ({ world, body }) => {
    if (body['agentid'] !== world.agentId) throw new Refusal(301002)
    const msgtype = String(body['msgtype'] ?? '')
    if (
      !['text', 'textcard', 'markdown', 'news', 'image', 'file', 'template_card', 'miniprogram_notice'].includes(
        msgtype,
      )
    ) {
      throw new Refusal(40008, 'invalid message type')
    }
    if (typeof body[msgtype] !== 'object') throw new Refusal(40063)
    const asked = String(body['touser'] ?? '')
      .split('|')
      .filter((u) => u !== '')
    if (asked.length === 0) throw new Refusal(82001, 'all touser & toparty & totag empty')
    if (asked.length > 1_000) throw new Refusal(40032, 'invalid userid list length')
    const members = world.shop.members.filter((m) => m.visible && m.status === 1)
    const known = asked.includes(ALL)
      ? members
      : members.filter((m) => asked.some((u) => u.toLowerCase() === m.userid.toLowerCase()))
    if (known.length === 0) throw new Refusal(81013)
    for (const { userid } of known) {
      const recent = world.outbox.filter((m) => m.touser === userid && m.at > world.now() - 60).length
      if (recent < PER_MINUTE) world.outbox.push({ touser: userid, msgtype, body, at: world.now() })
    }
    const unknown = asked.filter((u) => u !== ALL && !known.some((m) => m.userid.toLowerCase() === u.toLowerCase()))
    return { invaliduser: unknown.map((u) => u.toLowerCase()).join('|'), msgid: randomId('SimMsg', 24) }
  },
}

export const mediaApis: Api[] = [upload, messageSend]
