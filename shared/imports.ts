import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { CustomerId, Instant } from './ids.ts'

export const ImportId = z.uuid()
const importId = { importId: ImportId }

/** Our fields, the first seven of which a file must have, and the headings of a file for each. */
export const REQUIRED_FIELDS = ['order', 'sku', 'name', 'quantity', 'price', 'at', 'member'] as const
export const OPTIONAL_FIELDS = [
  'country',
  'store',
  'channel',
  'status',
  'logistics',
  'url',
  'external',
  'union',
  'phone',
] as const
const heading = z.string().check(z.minLength(1), z.maxLength(120))
const Mapping = z.object({
  ...Object.fromEntries(REQUIRED_FIELDS.map((field) => [field, heading])),
  ...Object.fromEntries(OPTIONAL_FIELDS.map((field) => [field, z.optional(heading)])),
}) as unknown as z.ZodMiniType<
  Record<(typeof REQUIRED_FIELDS)[number], string> & Partial<Record<(typeof OPTIONAL_FIELDS)[number], string>>
>

/** How to read a file: as the terminal's `npm run import:orders` does. `utcOffset` in minutes. */
export const Layout = z.object({
  source: z.string().check(z.regex(/^[\w-]{1,40}$/)),
  currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
  mapping: Mapping,
  utcOffset: z.number().check(z.gte(-720), z.lte(840)),
  refundPrefix: z.string().check(z.maxLength(8)),
})
export type Layout = z.infer<typeof Layout>

/** uploading → uploaded → (checking → checked) → running → finished; failed says why; undoing → undone. */
export const ImportState = z.enum([
  'uploading',
  'uploaded',
  'checking',
  'checked',
  'running',
  'finished',
  'failed',
  'undoing',
  'undone',
])
export type ImportState = z.infer<typeof ImportState>

/** `share` 0–1 of the file read. `counts`: rows stored (`stored`) and left out, by reason. `would`: what a check found. */
export const ImportRun = z.object({
  id: ImportId,
  name: z.string(),
  size: z.number(),
  /** Bytes that arrived. */
  received: z.number(),
  by: z.string(),
  state: ImportState,
  rows: z.number(),
  share: z.number(),
  counts: z.record(z.string(), z.number()),
  would: z.nullable(z.object({ fresh: z.number(), again: z.number() })),
  matched: z.nullable(z.object({ linked: z.number(), conflicts: z.number() })),
  undone: z.nullable(z.object({ undone: z.number(), left: z.number() })),
  message: z.nullable(z.string()),
  hasErrors: z.boolean(),
  at: Instant,
  settledAt: z.nullable(Instant),
})
export type ImportRun = z.infer<typeof ImportRun>

export const MOST_UPLOAD = 1_000_000_000
/** Bytes of one part. */
export const PART_BYTES = 4_000_000

/** `file` is an id the page makes up; the same again answers what is there. */
export const beginUpload = endpoint({
  method: 'post',
  path: '/api/imports',
  access: 'admin',
  input: z.object({
    file: ImportId,
    name: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
    size: z.number().check(z.gte(1), z.lte(MOST_UPLOAD)),
  }),
  output: ImportRun,
})

/** One part, in base64. Parts may come in any order and again; the answer says how many bytes are there. */
export const uploadPart = endpoint({
  method: 'put',
  path: '/api/imports/:importId/files',
  access: 'admin',
  input: z.object({
    ...importId,
    part: z.number().check(z.gte(0), z.lte(1_000)),
    content: z.string().check(z.regex(/^[A-Za-z0-9+/]+={0,2}$/), z.maxLength(Math.ceil(PART_BYTES / 3) * 4)),
  }),
  output: ImportRun,
})

/** Newest first, 50 at most; and of each source how many buyers found their customer. */
export const listImports = endpoint({
  method: 'get',
  path: '/api/imports',
  access: 'admin',
  input: z.object({}),
  output: z.object({
    imports: z.array(ImportRun),
    rates: z.array(z.object({ source: z.string(), buyers: z.number(), linked: z.number(), conflicts: z.number() })),
  }),
})

export const getImport = endpoint({
  method: 'get',
  path: '/api/imports/:importId',
  access: 'admin',
  input: z.object(importId),
  output: ImportRun,
})

/** What the file is, its headings, its first twenty rows, and how to read it: as the same headings were read last time, or a guess. */
export const previewImport = endpoint({
  method: 'get',
  path: '/api/imports/:importId/preview',
  access: 'admin',
  input: z.object(importId),
  output: z.object({
    kind: z.enum(['csv', 'xlsx']),
    encoding: z.enum(['utf-8', 'gb18030', 'utf-16le']),
    headings: z.array(z.string()),
    rows: z.array(z.array(z.string())),
    remembered: z.boolean(),
    layout: z.object({
      source: z.string(),
      currency: z.string(),
      mapping: z.record(z.string(), z.string()),
      utcOffset: z.number(),
      refundPrefix: z.string(),
    }),
  }),
})

/** Reads everything and writes nothing. */
export const checkImport = endpoint({
  method: 'post',
  path: '/api/imports/:importId/check',
  access: 'admin',
  input: z.object({ ...importId, layout: Layout }),
  output: ImportRun,
})

export const runImport = endpoint({
  method: 'post',
  path: '/api/imports/:importId/run',
  access: 'admin',
  input: z.object({ ...importId, layout: Layout }),
  output: ImportRun,
})

/** Orders become what they were before it; what a later import wrote again stays. */
export const undoImport = endpoint({
  method: 'post',
  path: '/api/imports/:importId/undo',
  access: 'admin',
  input: z.object(importId),
  output: ImportRun,
})

/** The rows that were left out, as CSV text: line, reason, and the row. */
export const getImportErrors = endpoint({
  method: 'get',
  path: '/api/imports/:importId/errors',
  access: 'admin',
  input: z.object(importId),
  output: z.object({ csv: z.string() }),
})

const Candidate = z.object({
  customer: CustomerId,
  name: z.string(),
  followers: z.array(z.string()),
  by: z.enum(['external', 'union', 'phone', 'member', 'hand']),
  confidence: z.number(),
  taken: z.boolean(),
})

/** Buyers who fit several customers, or one who is another buyer already; at most 100. */
export const listConflicts = endpoint({
  method: 'get',
  path: '/api/imports-conflicts',
  access: 'admin',
  input: z.object({}),
  output: z.object({
    conflicts: z.array(
      z.object({
        buyer: z.string(),
        source: z.string(),
        memberNumber: z.string(),
        orders: z.number(),
        candidates: z.array(Candidate),
      }),
    ),
  }),
})

/** `customer` null: none of them, and they are not proposed again. */
export const decideConflict = endpoint({
  method: 'post',
  path: '/api/imports-conflicts',
  access: 'admin',
  input: z.object({ buyer: z.string().check(z.regex(/^\d{1,18}$/)), customer: z.nullable(CustomerId) }),
  output: z.object({ ok: z.literal(true) }),
})
