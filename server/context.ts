import type { Sql } from 'postgres'
import type { Config } from './config.ts'
import type { Db } from './db/client.ts'
import { AppError } from './errors.ts'
import type { Logger } from './log.ts'
import type { Model } from './model/port.ts'
import type { Wecom } from './wecom/port.ts'

/** Who is asking: a signed-in member, a job of ours, or nobody yet. Set by the session, never by a parameter. */
export type Actor =
  | { kind: 'member'; userId: string; name: string }
  | { kind: 'job'; name: string }
  | { kind: 'nobody' }

/** What the process owns. Built once, in main.ts or by a test. `hot` is the small pool that only opens cards; `db` serves all else. */
export interface Deps {
  config: Config
  db: Db
  sql: Sql
  hot: Sql
  wecom: Wecom
  /** Words drafts; undefined: there is none, and nothing of it is shown. */
  model: Model | undefined
  now: () => Date
  log: Logger
}

/** What one unit of work sees: the process, and who is asking. */
export interface Ctx extends Deps {
  actor: Actor
}

/** The signed-in member's userid. Contracts with `access: 'rep'` guarantee there is one; 401 otherwise. */
export function memberOf(ctx: Pick<Ctx, 'actor'>): string {
  if (ctx.actor.kind !== 'member') throw new AppError('unauthenticated', '请先登录')
  return ctx.actor.userId
}
