import { z } from 'zod'
import { signPage } from '../crypto.ts'
import type { World } from '../world.ts'

const HELP = 'more info at https://open.work.weixin.qq.com/devtool/query'

export const claimShape = z.object({
  kind: z.enum(['config', 'agentConfig']),
  nonceStr: z.string(),
  timestamp: z.union([z.string(), z.number()]),
  signature: z.string(),
  url: z.string(),
  corpid: z.string().optional(),
  agentid: z.union([z.string(), z.number()]).optional(),
})

export type Verdict = { ok: true } | { ok: false; why: string }

/** What the client checks: our corp and app where they are named, a ticket of the right kind in force, this very address. */
export function verify(world: World, claim: z.infer<typeof claimShape>): Verdict {
  if ((claim.corpid ?? world.corpId) !== world.corpId) return { ok: false, why: `invalid corpId ${HELP}?e=40013` }
  if (String(claim.agentid ?? world.agentId) !== String(world.agentId))
    return { ok: false, why: `invalid agentid ${HELP}?e=40056` }
  const signedWith = (kind: 'corp' | 'agent') =>
    world.tickets[kind]
      .filter((t) => t.expiresAt > world.now())
      .some((t) => signPage(t.value, claim.nonceStr, claim.timestamp, claim.url) === claim.signature)
  const [right, wrong] = claim.kind === 'config' ? (['corp', 'agent'] as const) : (['agent', 'corp'] as const)
  if (signedWith(right)) return { ok: true }
  if (signedWith(wrong)) return { ok: false, why: `ticket no available ${HELP}?e=42012` }
  return { ok: false, why: `invalid signature ${HELP}?e=40093` }
}
