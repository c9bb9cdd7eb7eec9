import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { AssetId, Instant, ReplyId } from './ids.ts'

const Asset = { assetId: AssetId, name: z.string().check(z.minLength(1), z.maxLength(120)) }
const CardTitle = z.string().check(z.minLength(1), z.maxLength(128))

/** What one SDK call sends. The bytes of an asset live on our server under `/media/:assetId`. */
export const ReplyPart = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string().check(z.minLength(1), z.maxLength(2000)) }),
  z.object({ type: z.literal('image'), ...Asset, width: z.number(), height: z.number() }),
  z.object({ type: z.literal('file'), ...Asset, size: z.number() }),
  z.object({ type: z.literal('video'), ...Asset, size: z.number() }),
  z.object({
    type: z.literal('link'),
    url: z.url().check(z.maxLength(2048)),
    title: CardTitle,
    description: z.string().check(z.maxLength(512)),
    imageUrl: z.string().check(z.maxLength(2048)),
  }),
  /** `page` ends in `.html`; WeCom wants a picture. */
  z.object({
    type: z.literal('miniprogram'),
    appid: z.string().check(z.regex(/^wx[0-9a-z]{6,30}$/)),
    title: CardTitle,
    page: z.string().check(z.regex(/^[^\s]{1,1024}\.html(\?[^\s]{0,512})?$/)),
    imageUrl: z.string().check(z.minLength(1), z.maxLength(2048)),
  }),
])
export type ReplyPart = z.infer<typeof ReplyPart>

/**
 * `pinyin` is of the title, lower case, syllables apart; a character with several readings has them all, the likeliest first (`zhong/chong liang`).
 * `uses` by this member. team: a company reply for some departments.
 */
export const CardReply = z.object({
  id: ReplyId,
  scope: z.enum(['company', 'team', 'personal']),
  folderId: z.nullable(z.string()),
  title: z.string(),
  parts: z.array(ReplyPart).check(z.minLength(1)),
  pinyin: z.string(),
  initials: z.string(),
  uses: z.number(),
})
export type CardReply = z.infer<typeof CardReply>

/** `teamUses`: by all members. `lastUsedAt`: by this one. `validUntil`: after that it is gone. */
export const Reply = z.extend(CardReply, {
  teamUses: z.number(),
  favourite: z.boolean(),
  lastUsedAt: z.nullable(Instant),
  validUntil: z.nullable(Instant),
})
export type Reply = z.infer<typeof Reply>

export const ReplyFolder = z.object({ id: z.string(), name: z.string() })
export type ReplyFolder = z.infer<typeof ReplyFolder>

/** Every reply this member may send, for searching in the browser. Personal replies come first. */
export const listReplies = endpoint({
  method: 'get',
  path: '/api/replies',
  access: 'rep',
  input: z.object({}),
  output: z.object({ folders: z.array(ReplyFolder), replies: z.array(Reply) }),
})

const Draft = {
  title: z.string().check(z.trim(), z.minLength(1), z.maxLength(60)),
  parts: z.array(ReplyPart).check(z.minLength(1), z.maxLength(9)),
}

/** A personal reply; its pictures and files are the caller's own uploads or the company's. */
export const createReply = endpoint({
  method: 'post',
  path: '/api/replies',
  access: 'rep',
  input: z.object(Draft),
  output: Reply,
})

/** Changes one of the caller's own replies. */
export const updateReply = endpoint({
  method: 'put',
  path: '/api/replies/:replyId',
  access: 'rep',
  input: z.object({ replyId: ReplyId, ...Draft }),
  output: Reply,
})

/** A copy of any reply the caller sees, to make their own of it. */
export const copyReply = endpoint({
  method: 'post',
  path: '/api/replies/:replyId/copy',
  access: 'rep',
  input: z.object({ replyId: ReplyId }),
  output: Reply,
})

/** Moves one of the caller's own to this place among them, counted from 0. Answers their order. */
export const moveReply = endpoint({
  method: 'put',
  path: '/api/replies/:replyId/place',
  access: 'rep',
  input: z.object({ replyId: ReplyId, to: z.number().check(z.gte(0), z.lte(10_000)) }),
  output: z.object({ order: z.array(ReplyId) }),
})

export const setFavourite = endpoint({
  method: 'put',
  path: '/api/replies/:replyId/favourite',
  access: 'rep',
  input: z.object({ replyId: ReplyId, favourite: z.boolean() }),
  output: z.object({ ok: z.literal(true) }),
})

export const deleteReply = endpoint({
  method: 'delete',
  path: '/api/replies/:replyId',
  access: 'rep',
  input: z.object({ replyId: ReplyId }),
  output: z.object({ ok: z.literal(true) }),
})

/** A media id WeCom will accept for at least another twelve hours: uploaded once, then cached below WeCom's three days. */
export const prepareMedia = endpoint({
  method: 'post',
  path: '/api/media/:assetId/wecom',
  access: 'rep',
  input: z.object({ assetId: AssetId }),
  output: z.object({ mediaId: z.string() }),
})

/** Uploads what WeCom does not have of these, ahead of a tap. Answers how many are ready; what fails is tried again when it is sent. */
export const warmMedia = endpoint({
  method: 'post',
  path: '/api/media/warm',
  access: 'rep',
  input: z.object({ assets: z.array(AssetId).check(z.maxLength(20)) }),
  output: z.object({ ready: z.number() }),
})

/** WeCom's limits: a picture or video 10 MB; a file 20 MB, of which 10 pass here. */
export const MOST_ASSET_BYTES = 10_000_000

/** A picture, video or file for one's own replies. `asset` is an id the page makes up; what it is, its first bytes say. */
export const uploadAsset = endpoint({
  method: 'post',
  path: '/api/media/files',
  access: 'rep',
  input: z.object({
    asset: AssetId,
    name: z.string().check(z.trim(), z.minLength(1), z.maxLength(120)),
    width: z.number().check(z.gte(0), z.lte(20_000)),
    height: z.number().check(z.gte(0), z.lte(20_000)),
    content: z.string().check(z.regex(/^[A-Za-z0-9+/]+={0,2}$/), z.maxLength(Math.ceil(MOST_ASSET_BYTES / 3) * 4)),
  }),
  output: z.object({ part: ReplyPart }),
})
