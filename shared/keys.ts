import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { Instant } from './ids.ts'
import { OpenScope } from './open.ts'

/** A key of another system. `prefix`: its first letters, to tell it by; the whole of it is shown once, when it is made. */
export const ApiKey = z.object({
  id: z.uuid(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(OpenScope),
  by: z.string(),
  createdAt: Instant,
  expiresAt: Instant,
  lastUsedAt: z.nullable(Instant),
  revokedAt: z.nullable(Instant),
})
export type ApiKey = z.infer<typeof ApiKey>

export const listKeys = endpoint({
  method: 'get',
  path: '/api/admin/keys',
  access: 'admin',
  input: z.object({}),
  output: z.object({ keys: z.array(ApiKey) }),
})

/** `secret` is in this answer alone. */
export const createKey = endpoint({
  method: 'post',
  path: '/api/admin/keys',
  access: 'admin',
  input: z.object({
    name: z.string().check(z.trim(), z.minLength(1), z.maxLength(40)),
    scopes: z.array(OpenScope).check(z.minLength(1), z.maxLength(3)),
    days: z.int().check(z.gte(1), z.lte(366)),
  }),
  output: z.object({ key: ApiKey, secret: z.string() }),
})

/** From the next request on it opens nothing. Twice is once. */
export const revokeKey = endpoint({
  method: 'post',
  path: '/api/admin/keys/:keyId/revoke',
  access: 'admin',
  input: z.object({ keyId: z.uuid() }),
  output: z.object({ ok: z.literal(true) }),
})
