import type { CustomerProfile, OwnFollow } from '#shared/customers.ts'
import type { CustomerId } from '#shared/ids.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { AppError, noSuchCustomer } from '#server/errors.ts'
import { WecomError } from '#server/wecom/error.ts'
import { syncMember } from '../members/service.ts'
import { type FollowEdit, selectFollow, selectProfile, updateFollow } from './queries.ts'
import { selectFields, writeOut } from '../outbox/service.ts'

const WECOM_CONTACT = 2

/** The full profile. Of other followers only their names are told. */
export async function readProfile(ctx: Ctx, { customerId }: { customerId: CustomerId }): Promise<CustomerProfile> {
  const profile = await selectProfile(ctx.sql, { customerId, userId: memberOf(ctx) })
  if (!profile) throw noSuchCustomer()
  const { others, ...rest } = profile
  return { ...rest, otherFollowers: await Promise.all(others.map((other) => nameOf(ctx, other))) }
}

/** A colleague who never signed in here is asked for in WeCom once; while that fails the userid has to do. */
async function nameOf(ctx: Ctx, { userId, name }: { userId: string; name: string | null }): Promise<string> {
  if (name !== null) return name
  try {
    return (await syncMember(ctx, userId))?.name ?? userId
  } catch (err) {
    if (!(err instanceof WecomError)) throw err
    return userId
  }
}

/** Remark, description and company go to WeCom as well; 称呼 is ours alone. Fields not given stay as they are. */
export async function editFollow(
  ctx: Ctx,
  { customerId, ...edit }: { customerId: CustomerId } & FollowEdit,
): Promise<{ follow: OwnFollow; waiting: boolean }> {
  const key = { customerId, userId: memberOf(ctx) }
  const found = await selectFollow(ctx.sql, key)
  if (!found) throw noSuchCustomer()
  if (edit.company !== undefined && found.type === WECOM_CONTACT) {
    throw new AppError('invalid_input', '对方是企业微信用户，公司名称由对方企业维护，不能修改')
  }
  const fields = wecomPart(edit)
  if (Object.keys(fields).length === 0) {
    const follow = await updateFollow(ctx.sql, key, edit, ctx.now())
    if (!follow) throw noSuchCustomer()
    return { follow, waiting: false }
  }
  const { value: follow, waiting } = await writeOut(ctx, key, async (tx, now) => {
    const before = await selectFields(tx, key)
    const changed = await updateFollow(tx, key, edit, now)
    if (!before || !changed) return undefined
    return { value: changed, write: { kind: 'remark', fields, before } }
  })
  return { follow, waiting }
}

function wecomPart({ remark, description, company }: FollowEdit) {
  return {
    ...(remark !== undefined && { remark }),
    ...(description !== undefined && { description }),
    ...(company !== undefined && { company }),
  }
}
