import { run, type Runner } from '#server/db/json.ts'

export interface Asked {
  userId: string
  key: string
  request: string
}

/** Ours to do for half a minute, by the database's clock: new, or left behind by somebody who died. */
const LEASE = `
  insert into receipts as r (user_id, key, request, leased_until, created_at)
  values ($1, $2::uuid, $3, clock_timestamp() + interval '30 seconds', clock_timestamp())
  on conflict (user_id, key) do update set leased_until = excluded.leased_until
  where r.answer is null and r.request = excluded.request and r.leased_until < clock_timestamp()
  returning 1 as ours`

export async function lease(sql: Runner, { userId, key, request }: Asked): Promise<boolean> {
  return (await run<{ ours: number }>(sql, LEASE, [userId, key, request])).length > 0
}

/** `answer` is json text, null while it is being made. undefined: nobody is at it. */
export async function find(sql: Runner, { userId, key }: Asked) {
  const text = 'select request, answer::text as answer from receipts where user_id = $1 and key = $2::uuid'
  const [row] = await run<{ request: string; answer: string | null }>(sql, text, [userId, key])
  return row
}

/** The answer as it is kept: the text that everybody gets who asks again. */
export async function keep(sql: Runner, { userId, key }: Asked, answer: string): Promise<string> {
  const text =
    'update receipts set answer = $3::text::jsonb where user_id = $1 and key = $2::uuid returning answer::text as answer'
  const [row] = await run<{ answer: string }>(sql, text, [userId, key, answer])
  return row?.answer ?? answer
}

export async function drop(sql: Runner, { userId, key }: Asked): Promise<void> {
  await run(sql, 'delete from receipts where user_id = $1 and key = $2::uuid and answer is null', [userId, key])
}

/** A page gives up repeating long before three days. */
export async function clean(sql: Runner): Promise<void> {
  await run(sql, `delete from receipts where created_at < clock_timestamp() - interval '3 days'`, [])
}
