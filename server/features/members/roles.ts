import type { GivenRole, MemberRow } from '#shared/members.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import type { Runner } from '#server/db/json.ts'
import { AppError } from '#server/errors.ts'
import { record } from '../audit/service.ts'
import { replaceRoles, selectMember, selectMembers } from './roles.queries.ts'

export async function listMembers(ctx: Ctx, { search }: { search?: string | undefined }) {
  return { members: await selectMembers(ctx.sql, search ?? '') }
}

/** Whoever locks themselves out needs another admin to come back in: refused. */
export async function setRoles(
  ctx: Ctx,
  { memberId, roles }: { memberId: string; roles: GivenRole[] },
): Promise<MemberRow> {
  const me = memberOf(ctx)
  if (memberId === me && !roles.includes('admin')) {
    throw new AppError('conflict', '不能取消自己的管理员身份，请让另一位管理员来做')
  }
  return await ctx.sql.begin((tx) => giveRoles(tx, { userId: memberId, roles, by: me, now: ctx.now() }))
}

/** Gives exactly these roles, and records what changed in the same transaction. */
export async function giveRoles(
  tx: Runner,
  { userId, roles, by, now }: { userId: string; roles: GivenRole[]; by: string; now: Date },
): Promise<MemberRow> {
  const before = await selectMember(tx, userId)
  if (!before) throw new AppError('not_found', '没有找到这位成员，或 TA 已离职')
  const after = [...new Set(roles)].sort()
  if (after.join() === before.roles.join()) return before
  await replaceRoles(tx, userId, after, by, now)
  await record(tx, by, { action: 'roles.set', subject: userId, detail: { before: before.roles, after } })
  return { ...before, roles: after }
}
