import { hash, randomBytes, randomUUID } from 'node:crypto'
import type { ApiKey } from '#shared/keys.ts'
import type { OpenScope } from '#shared/open.ts'
import { DAY_MS } from '#shared/shop-time.ts'
import { type Ctx, type Deps, memberOf } from '#server/context.ts'
import { AppError } from '#server/errors.ts'
import { record } from '../audit/service.ts'
import { insertKey, revoke, selectKey, selectKeys, useKey } from './queries.ts'

const PREFIX = 'pb_'
const SHOWN = 8

export const listKeys = async (ctx: Ctx): Promise<{ keys: ApiKey[] }> => ({ keys: await selectKeys(ctx.sql) })

/** The secret leaves in this answer and is nowhere else: 256 random bits, of which the hash is kept. */
export async function createKey(ctx: Ctx, { name, scopes, days }: { name: string; scopes: OpenScope[]; days: number }) {
  const by = memberOf(ctx)
  const secret = PREFIX + randomBytes(32).toString('base64url')
  const id = randomUUID()
  const expiresAt = new Date(ctx.now().getTime() + days * DAY_MS)
  const distinct = [...new Set(scopes)]
  return await ctx.sql.begin(async (tx) => {
    const row = {
      id,
      name,
      prefix: secret.slice(0, SHOWN),
      hash: hash('sha256', secret),
      scopes: distinct,
      by,
      expiresAt,
    }
    await insertKey(tx, row, ctx.now())
    await record(tx, by, { action: 'api_key.created', subject: name, detail: { scopes: distinct, days } })
    return { key: (await selectKey(tx, id))!, secret }
  })
}

export async function revokeKey(ctx: Ctx, { keyId }: { keyId: string }) {
  return await ctx.sql.begin(async (tx) => {
    const key = await selectKey(tx, keyId)
    if (!key) throw new AppError('not_found', '没有找到这把密钥')
    if (await revoke(tx, keyId, ctx.now()))
      await record(tx, memberOf(ctx), { action: 'api_key.revoked', subject: key.name })
    return { ok: true as const }
  })
}

/** Whose key a request brings: 401 where it opens nothing, 403 where it opens something else. */
export async function keyOf(deps: Deps, authorization: string | undefined, scope: OpenScope) {
  const secret = /^Bearer (pb_[\w-]{43})$/.exec(authorization ?? '')?.[1]
  const key = secret && (await useKey(deps.sql, hash('sha256', secret), deps.now()))
  if (!key) throw new AppError('unauthenticated', '密钥无效、过期或已停用（Authorization: Bearer pb_…）')
  if (!key.scopes.includes(scope)) throw new AppError('forbidden', `这把密钥不能用于 ${scope}`)
  return key
}
