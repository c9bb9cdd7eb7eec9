import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { AssetId, ReplyId } from './ids.ts'

/** What one SDK call sends. An image's bytes live on our server under `/media/:assetId`. */
export const ReplyPart = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string().check(z.minLength(1), z.maxLength(2000)) }),
  z.object({ type: z.literal('image'), assetId: AssetId, name: z.string(), width: z.number(), height: z.number() }),
  z.object({
    type: z.literal('link'),
    url: z.url().check(z.maxLength(2048)),
    title: z.string().check(z.minLength(1), z.maxLength(128)),
    description: z.string().check(z.maxLength(512)),
    imageUrl: z.string().check(z.maxLength(2048)),
  }),
])
export type ReplyPart = z.infer<typeof ReplyPart>

/** `pinyin` (syllables apart) and `initials` are of the title, lower case. `uses` by this member. */
export const CardReply = z.object({
  id: ReplyId,
  scope: z.enum(['company', 'personal']),
  folderId: z.nullable(z.string()),
  title: z.string(),
  parts: z.array(ReplyPart).check(z.minLength(1)),
  pinyin: z.string(),
  initials: z.string(),
  uses: z.number(),
})
export type CardReply = z.infer<typeof CardReply>

/** `teamUses`: by all members. */
export const Reply = z.extend(CardReply, { teamUses: z.number() })
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
  text: z.string().check(z.trim(), z.minLength(1), z.maxLength(2000)),
}

/** A personal reply of one text. */
export const createReply = endpoint({
  method: 'post',
  path: '/api/replies',
  access: 'rep',
  input: z.object(Draft),
  output: Reply,
})

/** Changes one of the caller's own replies; its first text part is replaced, other parts stay. */
export const updateReply = endpoint({
  method: 'put',
  path: '/api/replies/:replyId',
  access: 'rep',
  input: z.object({ replyId: ReplyId, ...Draft }),
  output: Reply,
})

export const deleteReply = endpoint({
  method: 'delete',
  path: '/api/replies/:replyId',
  access: 'rep',
  input: z.object({ replyId: ReplyId }),
  output: z.object({ ok: z.literal(true) }),
})

/** A media id WeCom will accept for at least another twelve hours: uploaded once, then cached below WeCom's three days. */
export const prepareImage = endpoint({
  method: 'post',
  path: '/api/media/:assetId/wecom',
  access: 'rep',
  input: z.object({ assetId: AssetId }),
  output: z.object({ mediaId: z.string() }),
})
