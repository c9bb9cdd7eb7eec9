import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { Instant, ReplyId } from './ids.ts'
import { ReplyFolder, ReplyPart } from './replies.ts'

/** A company reply as whoever keeps the library sees it. `departments` empty: for everybody. `users`: how many members sent it. */
export const LibraryReply = z.object({
  id: ReplyId,
  folderId: z.nullable(z.string()),
  title: z.string(),
  parts: z.array(ReplyPart),
  departments: z.array(z.number()),
  validFrom: z.nullable(Instant),
  validUntil: z.nullable(Instant),
  uses: z.number(),
  users: z.number(),
  lastUsedAt: z.nullable(Instant),
  updatedAt: Instant,
})
export type LibraryReply = z.infer<typeof LibraryReply>

/** All company and team replies in their order, valid or not. Personal ones are their owners' alone. */
export const getLibrary = endpoint({
  method: 'get',
  path: '/api/admin/library',
  access: 'admin',
  input: z.object({}),
  output: z.object({
    folders: z.array(ReplyFolder),
    replies: z.array(LibraryReply),
    departments: z.array(z.object({ id: z.number(), name: z.string() })),
  }),
})
export type Library = z.infer<(typeof getLibrary)['output']>

/** Who sent one company reply, the most first. */
export const getReplyUsers = endpoint({
  method: 'get',
  path: '/api/admin/library/replies/:replyId/users',
  access: 'admin',
  input: z.object({ replyId: ReplyId }),
  output: z.object({
    users: z.array(z.object({ userId: z.string(), name: z.string(), uses: z.number(), lastUsedAt: Instant })),
  }),
})

const title = z.string().check(z.trim(), z.minLength(1), z.maxLength(60))
const ok = z.object({ ok: z.literal(true) })
const keys = z.array(ReplyId).check(z.minLength(1), z.maxLength(5_000))

/** A new id is a new reply at the end of its folder; a known company reply is changed. */
export const saveLibraryReply = endpoint({
  method: 'put',
  path: '/api/admin/library/replies',
  access: 'admin',
  input: z.object({
    reply: ReplyId,
    folder: z.nullable(z.string().check(z.maxLength(64))),
    title,
    parts: z.array(ReplyPart).check(z.minLength(1), z.maxLength(9)),
    departments: z.array(z.number()).check(z.maxLength(100)),
    validFrom: z.nullable(Instant),
    validUntil: z.nullable(Instant),
  }),
  output: ok,
})

/** All folders in their order: a new id is a new folder, a missing one goes and its replies stand in none. */
export const saveFolders = endpoint({
  method: 'put',
  path: '/api/admin/library/folders',
  access: 'admin',
  input: z.object({
    folders: z
      .array(
        z.object({
          id: z.string().check(z.regex(/^[\w-]{1,64}$/)),
          name: z.string().check(z.trim(), z.minLength(1), z.maxLength(20)),
        }),
      )
      .check(z.maxLength(100)),
  }),
  output: ok,
})

/** These replies in this order; the others keep theirs behind them. */
export const orderLibrary = endpoint({
  method: 'put',
  path: '/api/admin/library/order',
  access: 'admin',
  input: z.object({ replies: keys }),
  output: ok,
})

/** Several at once: into a folder, valid until, or gone. */
export const changeLibrary = endpoint({
  method: 'post',
  path: '/api/admin/library/change',
  access: 'admin',
  input: z.object({
    replies: keys,
    change: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('move'), folder: z.nullable(z.string().check(z.maxLength(64))) }),
      z.object({ kind: z.literal('until'), validUntil: z.nullable(Instant) }),
      z.object({ kind: z.literal('delete') }),
    ]),
  }),
  output: z.object({ changed: z.number() }),
})

/** Replies of one text from a table, by folder and title: a title that is in the folder already is changed. `check`: only say what would happen. */
export const importLibrary = endpoint({
  method: 'post',
  path: '/api/admin/library/import',
  access: 'admin',
  input: z.object({
    rows: z
      .array(
        z.object({
          folder: z.string().check(z.trim(), z.maxLength(20)),
          title,
          text: z.string().check(z.trim(), z.minLength(1), z.maxLength(2000)),
        }),
      )
      .check(z.minLength(1), z.maxLength(2_000)),
    check: z.boolean(),
  }),
  output: z.object({ fresh: z.number(), changed: z.number(), same: z.number(), folders: z.number() }),
})
