import type { CustomerProfile, OwnFollow } from '#shared/customers.ts'
import { instantText, run, type Runner } from '#server/db/json.ts'
import { cardColumns, type CardRow, contactJson, followJson, NEVER_READ, withStats } from './json.ts'

/** Which follow: the tie every statement here goes through. */
export interface FollowKey {
  customerId: string
  userId: string
}

const OWN = `f.customer_id = $1 and f.user_id = $2 and f.ended_at is null`

/** The card's own statement: customer, member, now. */
export const CARD = `
  select ${cardColumns('$3::timestamptz')}
  from follows f join customers c on c.id = f.customer_id ${withStats}
  where ${OWN} and f.synced_at > ${NEVER_READ}`

/** undefined: the member does not follow such a customer, as far as we know. */
export async function selectCard(hot: Runner, key: FollowKey, now: Date): Promise<CardRow | undefined> {
  const [row] = await run<CardRow>(hot, CARD, [key.customerId, key.userId, now])
  return row
}

const FOLLOW = `
  select c.type, f.xmin::text as version from follows f join customers c on c.id = f.customer_id where ${OWN}`

/** `version` changes with every write to the follow. */
export interface FoundFollow {
  type: number
  version: string
}

export async function selectFollow(sql: Runner, key: FollowKey): Promise<FoundFollow | undefined> {
  const [row] = await run<FoundFollow>(sql, FOLLOW, [key.customerId, key.userId])
  return row
}

const PROFILE = `
  select ${contactJson} as customer, ${followJson} as follow, ${instantText('f.synced_at')} as "asOf",
    (select coalesce(json_agg(json_build_object('userId', o.user_id, 'name', m.name) order by o.added_at, o.user_id), '[]')
      from follows o left join members m on m.user_id = o.user_id
      where o.customer_id = f.customer_id and o.user_id <> f.user_id and o.ended_at is null) as others
  from follows f join customers c on c.id = f.customer_id
  where ${OWN}`

export interface FoundProfile extends Omit<CustomerProfile, 'otherFollowers'> {
  others: { userId: string; name: string | null }[]
}

export async function selectProfile(sql: Runner, key: FollowKey): Promise<FoundProfile | undefined> {
  const [row] = await run<FoundProfile>(sql, PROFILE, [key.customerId, key.userId])
  return row
}

const EDIT = `
  update follows f set remark = coalesce($3, f.remark), description = coalesce($4, f.description),
    company = coalesce($5, f.company), salutation = coalesce($6, f.salutation), edited_at = $7::timestamptz
  where ${OWN}
  returning ${followJson} as follow`

export interface FollowEdit {
  remark?: string | undefined
  description?: string | undefined
  company?: string | undefined
  salutation?: string | undefined
}

/** Writes the fields given. undefined: the follow has ended. */
export async function updateFollow(
  sql: Runner,
  key: FollowKey,
  edit: FollowEdit,
  now: Date,
): Promise<OwnFollow | undefined> {
  const { remark = null, description = null, company = null, salutation = null } = edit
  const values = [key.customerId, key.userId, remark, description, company, salutation, now]
  const [row] = await run<{ follow: OwnFollow }>(sql, EDIT, values)
  return row?.follow
}

/** WeCom says this member no longer follows the customer. */
export async function endFollow(sql: Runner, key: FollowKey, now: Date): Promise<void> {
  await run(sql, `update follows f set ended_at = $3 where ${OWN}`, [key.customerId, key.userId, now])
}
