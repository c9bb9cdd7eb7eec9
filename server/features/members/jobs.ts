import type { Ctx } from '#server/context.ts'
import { signedIn } from '../sessions/service.ts'
import { syncMemberChange } from './service.ts'

/** Asks WeCom about everybody who is signed in: whoever left is out within minutes, even where the event about it was lost. */
async function recheck(ctx: Ctx): Promise<void> {
  for (const userId of await signedIn(ctx)) await syncMemberChange(ctx, { userId, newUserId: null, left: false })
}

export const memberJobs = { 'members.recheck': recheck }
