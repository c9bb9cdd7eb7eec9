import type { Me, Self } from '#shared/session.ts'
import { type Ctx, type Deps, memberOf } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { endSessionsOf } from '../sessions/service.ts'
import { WecomError } from '../../wecom/error.ts'
import type { RemoteDepartment, RemoteMember } from '../../wecom/port.ts'
import { knowsDepartment, markLeft, rebuildTree, replaceDepartments, selectMe, upsertMember } from './queries.ts'
import { moveBelongings } from './rename.ts'
import { selectRoles } from './roles.queries.ts'

export { giveRoles } from './roles.ts'
export { selectFollowing } from './queries.ts'
export { selectRoles } from './roles.queries.ts'

type Needs = Pick<Deps, 'db' | 'wecom' | 'log'>

const ACTIVE = 1

/**
 * Asks WeCom who this is and stores the answer. undefined: not a member, out of the app's visible range, or not active:
 * WeCom hands out the userid of people who may not use the app, so this decides who may come in.
 */
export async function syncMember(deps: Needs, userId: string): Promise<RemoteMember | undefined> {
  const member = await deps.wecom.readMember(userId)
  if (!member) {
    await markLeft(deps.db, userId)
    return undefined
  }
  await upsertMember(deps.db, member)
  if (member.status !== ACTIVE) return undefined
  await learnStore(deps, member.mainDepartmentId)
  return member
}

/** The store's name is shown beside the member's; without it one can work, so a refusal here stops nobody. */
async function learnStore({ db, wecom, log }: Needs, departmentId: number | null): Promise<void> {
  if (departmentId === null || (await knowsDepartment(db, departmentId))) return
  try {
    await storeDepartments(db, await wecom.listDepartments())
  } catch (error) {
    if (!(error instanceof WecomError)) throw error
    log.warn({ errcode: error.errcode }, 'departments could not be read')
  }
}

/** The signed-in member as the page shows them. */
export async function readMe({ db }: Pick<Deps, 'db'>, userId: string): Promise<Me> {
  const row = await selectMe(db, userId)
  if (!row) throw new AppError('not_found', '没有找到这位成员')
  return { userId, ...row }
}

/** The member, and what they may do beside seeing their own customers. */
export async function readSelf(ctx: Ctx): Promise<Self> {
  const userId = memberOf(ctx)
  const [me, roles] = await Promise.all([readMe(ctx, userId), selectRoles(ctx.sql, userId)])
  return { ...me, roles }
}

/** Departments and their leaders, as WeCom has them now. */
export async function syncDepartments({ db, wecom }: Pick<Deps, 'db' | 'wecom'>): Promise<void> {
  await storeDepartments(db, await wecom.listDepartments())
}

/** What is led by whom changes with the list, in one transaction. */
async function storeDepartments(db: Deps['db'], departments: RemoteDepartment[]): Promise<void> {
  await db.transaction(async (tx) => {
    await replaceDepartments(tx, departments)
    await rebuildTree(tx)
  })
}

/** A member changed, was renamed or left. Whoever may no longer come in is out at once. */
export async function syncMemberChange(
  deps: Needs & Pick<Deps, 'sql'>,
  { userId, newUserId, left }: { userId: string; newUserId: string | null; left: boolean },
): Promise<void> {
  const current = newUserId ?? userId
  const member = left ? undefined : await syncMember(deps, current)
  if (newUserId !== null && newUserId !== userId) await deps.sql.begin((tx) => moveBelongings(tx, userId, newUserId))
  if (left || newUserId !== null) await markLeft(deps.db, userId)
  if (!member || newUserId !== null) await endSessionsOf(deps, userId)
}
