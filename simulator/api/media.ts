import { Refusal } from '../refusal.ts'
import { MEDIA_LIFE, type Media, randomId, type World } from '../world.ts'
import type { Api, Call } from './kit.ts'

const MB = 2 ** 20
/** Kinds are told by content, not by name: a file called .png may be anything. */
const RULES: Record<string, { max: number; kinds: Record<string, (bytes: Buffer) => boolean> }> = {
  image: {
    max: 10 * MB,
    kinds: {
      'image/png': (bytes) => bytes.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47])),
      'image/jpeg': (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8,
    },
  },
  voice: { max: 2 * MB, kinds: { 'audio/amr': (bytes) => bytes.subarray(0, 5).toString('latin1') === '#!AMR' } },
  video: { max: 10 * MB, kinds: { 'video/mp4': (bytes) => bytes.subarray(4, 8).toString('latin1') === 'ftyp' } },
  file: { max: 20 * MB, kinds: { 'application/octet-stream': () => true } },
}

/** The part named `media`, which must be a file. */
async function uploaded(form: Call['form']): Promise<File> {
  let part: unknown
  try {
    part = (await form()).get('media')
  } catch {
    part = undefined // a body that is no form carries no file
  }
  if (part instanceof File) return part
  throw new Refusal(44001, 'empty media data')
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
    const file = await uploaded(form)
    const bytes = Buffer.from(await file.arrayBuffer())
    if (bytes.length <= 5) throw new Refusal(44001, 'empty media data')
    if (bytes.length > rule.max) throw new Refusal(45001, 'media size out of limit')
    const mime = Object.keys(rule.kinds).find((kind) => rule.kinds[kind]?.(bytes))
    if (!mime) throw new Refusal(40005, 'invalid file type')
    const mediaId = randomId('SimMediaId_', 64)
    world.media.set(mediaId, { bytes, mime, name: file.name, type, createdAt: world.now() })
    world.touched()
    return { errmsg: '', type, media_id: mediaId, created_at: String(world.now()) }
  },
}

/** An upload that still lives; undefined after three days. */
export function liveMedia(world: World, id: string): Media | undefined {
  const media = world.media.get(id)
  return media && media.createdAt + MEDIA_LIFE > world.now() ? media : undefined
}

/** The bytes with their name, whole or in part; a refusal is JSON. */
const download: Api = {
  method: 'GET',
  path: '/cgi-bin/media/get',
  needs: 'agent',
  answer: ({ world, query, range }) => {
    const media = liveMedia(world, query.get('media_id') ?? '')
    if (!media) throw new Refusal(40007)
    const { length } = media.bytes
    const headers = {
      'content-type': media.mime,
      'content-disposition': `attachment; filename="${encodeURIComponent(media.name)}"`,
      'accept-ranges': 'bytes',
    }
    const asked = /^bytes=(\d+)-(\d*)$/.exec(range ?? '')
    if (!asked) return new Response(Buffer.from(media.bytes), { headers })
    const [from, to] = [Number(asked[1]), Math.min(Number(asked[2] || length - 1), length - 1)]
    if (from > to) return new Response(null, { status: 416, headers: { 'content-range': `bytes */${length}` } })
    return new Response(Buffer.from(media.bytes.subarray(from, to + 1)), {
      status: 206,
      headers: { ...headers, 'content-range': `bytes ${from}-${to}/${length}` },
    })
  },
}

export const mediaApis: Api[] = [upload, download]
