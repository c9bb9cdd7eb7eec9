import type { ApiKey } from '#shared/keys.ts'
import type { OpenScope } from '#shared/open.ts'
import { instantText, run, type Runner } from '#server/db/json.ts'

const COLUMNS = `k.id, k.name, k.prefix, k.scopes, coalesce((select name from members where user_id = k.created_by), k.created_by) as by,
  ${instantText('k.created_at')} as "createdAt", ${instantText('k.expires_at')} as "expiresAt", ${instantText('k.last_used_at')} as "lastUsedAt",
  ${instantText('k.revoked_at')} as "revokedAt"`

export const selectKeys = (sql: Runner): Promise<ApiKey[]> =>
  run<ApiKey>(sql, `select ${COLUMNS} from api_keys k order by k.revoked_at is not null, k.created_at desc, k.id`, [])

export async function selectKey(sql: Runner, id: string): Promise<ApiKey | undefined> {
  const [row] = await run<ApiKey>(sql, `select ${COLUMNS} from api_keys k where k.id = $1::uuid`, [id])
  return row
}

export interface NewKey {
  id: string
  name: string
  prefix: string
  hash: string
  scopes: OpenScope[]
  by: string
  expiresAt: Date
}

export async function insertKey(sql: Runner, key: NewKey, now: Date): Promise<void> {
  const text = `insert into api_keys (id, name, prefix, hash, scopes, created_by, created_at, expires_at)
    values ($1::uuid, $2, $3, $4, $5::text[], $6, $7::timestamptz, $8::timestamptz)`
  await run(sql, text, [key.id, key.name, key.prefix, key.hash, key.scopes, key.by, now, key.expiresAt])
}

export async function revoke(sql: Runner, id: string, now: Date): Promise<boolean> {
  const text = 'update api_keys set revoked_at = $2::timestamptz where id = $1::uuid and revoked_at is null returning 1'
  return (await run(sql, text, [id, now])).length === 1
}

/** A key that opens something now. Its last use is kept to the minute. */
const USE = `
  with found as (
    select id, name, scopes, last_used_at from api_keys where hash = $1 and revoked_at is null and expires_at > $2::timestamptz
  ), used as (
    update api_keys k set last_used_at = $2::timestamptz from found f
    where k.id = f.id and (f.last_used_at is null or f.last_used_at < $2::timestamptz - interval '1 minute')
  )
  select id, name, scopes from found`

export async function useKey(sql: Runner, hash: string, now: Date) {
  const [row] = await run<{ id: string; name: string; scopes: OpenScope[] }>(sql, USE, [hash, now])
  return row
}

/** Of these ids, those that are customers. */
export async function knownCustomers(sql: Runner, ids: string[]): Promise<Set<string>> {
  const rows = await run<{ id: string }>(sql, 'select id from customers where id = any($1::text[])', [ids])
  return new Set(rows.map(({ id }) => id))
}

export async function insertEvents(sql: Runner, source: string, events: object[]): Promise<void> {
  const text = `insert into customer_events (id, customer_id, title, detail, source, at)
    select id, customer, title, detail, $2, at from jsonb_to_recordset($1::text::jsonb) as e(id uuid, customer text, title text, detail text, at timestamptz)
    on conflict (id) do nothing`
  await run(sql, text, [JSON.stringify(events), source])
}
