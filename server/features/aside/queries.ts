import { run, type Runner } from '#server/db/json.ts'

const FOLLOWED = `
  select exists (select 1 from follows where customer_id = $1 and user_id = $2 and ended_at is null) as followed`

/** The scope every part of the aside stands on. */
export async function isFollowed(sql: Runner, customerId: string, userId: string): Promise<boolean> {
  const [row] = await run<{ followed: boolean }>(sql, FOLLOWED, [customerId, userId])
  return row!.followed
}
