import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { Instant } from './ids.ts'

/** One thing that was done. `actor`: a userid, or `job …` or `terminal`; `subject`: whom or what it was done to. */
export const AuditEntry = z.object({
  id: z.string(),
  at: Instant,
  actor: z.string(),
  actorName: z.nullable(z.string()),
  action: z.string(),
  subject: z.nullable(z.string()),
  detail: z.record(z.string(), z.unknown()),
})
export type AuditEntry = z.infer<typeof AuditEntry>

/** Newest first, 50 to a page; `cursor` is the `nextCursor` of the page before. `actor` and `action` narrow it down. */
export const listAudit = endpoint({
  method: 'get',
  path: '/api/audit',
  access: 'auditor',
  input: z.object({
    cursor: z.optional(z.string().check(z.regex(/^\d{1,18}$/))),
    actor: z.optional(z.string().check(z.maxLength(64))),
    action: z.optional(z.string().check(z.maxLength(64))),
  }),
  output: z.object({ entries: z.array(AuditEntry), nextCursor: z.nullable(z.string()) }),
})

/**
 * Holds the log against its seals: one an hour, each over its entries and the seal before it, so that whoever changes or removes an entry breaks it and all
 * after it. `unsealed`: younger than an hour.
 */
export const verifyAudit = endpoint({
  method: 'get',
  path: '/api/audit/verify',
  access: 'auditor',
  input: z.object({}),
  output: z.object({
    seals: z.number(),
    entries: z.number(),
    brokenFrom: z.nullable(z.string()),
    unsealed: z.number(),
  }),
})
