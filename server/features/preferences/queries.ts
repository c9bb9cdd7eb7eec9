import { run, type Runner } from '#server/db/json.ts'

/** What the customer bought and what was said of them, for the member who asks; scope in the statement itself. `$1` customer, `$2` member. */
const KNOWN = `
  select
    coalesce((select json_agg(json_build_object('id', o.id::text, 'at', o.ordered_at, 'kind', o.kind, 'url', o.product_url, 'items', o.items) order by o.ordered_at desc, o.id desc)
      from (select * from orders where buyer_id = c.buyer_id order by ordered_at desc, id desc limit 200) o), '[]') as orders,
    coalesce((select json_agg(json_build_object('id', n.id, 'at', n.created_at, 'body', n.body) order by n.created_at desc)
      from (select * from notes where customer_id = $1 and user_id = $2 and deleted_at is null order by created_at desc limit 30) n), '[]') as notes,
    coalesce((select array_agg(word) from taste_denials where customer_id = $1), '{}') as denied,
    (select fit from bgnbd_fit where (fit ->> 'shown')::boolean) as fit
  from follows f join customers c on c.id = f.customer_id
  where f.customer_id = $1 and f.user_id = $2 and f.ended_at is null`

export interface KnownOrder {
  id: string
  at: string
  kind: 'sale' | 'refund'
  url: string | null
  items: { sku: string; name: string; quantity: number; unitPriceFen: number }[]
}

export interface KnownOf {
  orders: KnownOrder[]
  notes: { id: string; at: string; body: string }[]
  denied: string[]
  fit: { r: number; alpha: number; a: number; b: number } | null
}

/** undefined: not followed. */
export async function selectHistory(sql: Runner, customerId: string, userId: string): Promise<KnownOf | undefined> {
  const [row] = await run<KnownOf>(sql, KNOWN, [customerId, userId])
  return row
}

const DENY = `
  insert into taste_denials (customer_id, word, user_id, at)
  select customer_id, $3, user_id, $4::timestamptz from follows where customer_id = $1 and user_id = $2 and ended_at is null
  on conflict (customer_id, word) do nothing`
const ALLOW = `
  delete from taste_denials d using follows f
  where d.customer_id = $1 and d.word = $3 and f.customer_id = $1 and f.user_id = $2 and f.ended_at is null`
const FOLLOWED = 'select 1 from follows where customer_id = $1 and user_id = $2 and ended_at is null'

/** false: not followed. */
export async function writeDenial(
  tx: Runner,
  { customerId, userId, word, denied }: { customerId: string; userId: string; word: string; denied: boolean },
  now: Date,
): Promise<boolean> {
  if ((await run(tx, FOLLOWED, [customerId, userId])).length === 0) return false
  if (denied) await run(tx, DENY, [customerId, userId, word, now])
  else await run(tx, ALLOW, [customerId, userId, word])
  return true
}

const WRITE = `
  insert into buyer_tastes (buyer_id, words, rhythm_days, read_at)
  select x.id, (select array_agg(w) from json_array_elements_text(x.words) w), x.rhythm, $2::timestamptz
  from json_to_recordset($1::text::json) as x(id bigint, words json, rhythm int) where json_array_length(x.words) > 0
  on conflict (buyer_id) do update set words = excluded.words, rhythm_days = excluded.rhythm_days, read_at = excluded.read_at
  where buyer_tastes.words <> excluded.words or buyer_tastes.rhythm_days is distinct from excluded.rhythm_days`

export async function writeTastes(
  sql: Runner,
  rows: { id: number; words: string[]; rhythm: number | null }[],
  now: Date,
): Promise<void> {
  if (rows.length > 0) await run(sql, WRITE, [JSON.stringify(rows), now])
}
