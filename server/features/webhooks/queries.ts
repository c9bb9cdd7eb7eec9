import type { Webhook, WebhookEvent } from '#shared/webhooks.ts'
import { instantText, run, type Runner } from '#server/db/json.ts'

const COLUMNS = `w.id, w.url, w.events, w.enabled, ${instantText('w.created_at')} as "createdAt",
  (select count(*)::int from webhook_deliveries d where d.webhook_id = w.id and d.state = 'waiting') as waiting,
  (select count(*)::int from webhook_deliveries d where d.webhook_id = w.id and d.state = 'done') as done,
  (select count(*)::int from webhook_deliveries d where d.webhook_id = w.id and d.state = 'dead') as dead,
  (select d.error from webhook_deliveries d where d.webhook_id = w.id and d.error is not null order by d.created_at desc limit 1) as "lastError"`

export const selectWebhooks = (sql: Runner): Promise<Webhook[]> =>
  run<Webhook>(sql, `select ${COLUMNS} from webhooks w order by w.created_at, w.id`, [])

export async function insertWebhook(
  sql: Runner,
  hook: { id: string; url: string; secret: string; events: WebhookEvent[] },
  now: Date,
): Promise<void> {
  const text = `insert into webhooks (id, url, secret, events, created_at) values ($1::uuid, $2, $3, $4::text[], $5::timestamptz)`
  await run(sql, text, [hook.id, hook.url, hook.secret, hook.events, now])
}

/** The receiver's address; undefined: no such one. */
export async function setEnabled(sql: Runner, id: string, enabled: boolean): Promise<string | undefined> {
  const text = 'update webhooks set enabled = $2 where id = $1::uuid returning url'
  return (await run<{ url: string }>(sql, text, [id, enabled]))[0]?.url
}

export async function remove(sql: Runner, id: string): Promise<string | undefined> {
  return (await run<{ url: string }>(sql, 'delete from webhooks where id = $1::uuid returning url', [id]))[0]?.url
}

/**
 * Hands out what was seen at the last look: an entry that was under way then is there by now. The places move in the transaction that makes the
 * deliveries, so none is made twice or missed. Answers their ids.
 */
const COLLECT = `
  with place as (
    insert into webhook_cursor as c (id, done, seen) select 1, coalesce(max(id), 0), coalesce(max(id), 0) from follow_events
    on conflict (id) do update set done = c.seen, seen = greatest(c.seen, excluded.seen) returning done, seen,
      (select o.done from webhook_cursor o where o.id = 1) as before
  ), fresh as (
    select e.* from follow_events e, place p where p.before is not null and e.id > p.before and e.id <= p.done
  )
  insert into webhook_deliveries (id, webhook_id, event_id, customer_id, payload, created_at)
  select gen_random_uuid(), w.id, e.id, e.customer_id, jsonb_build_object('type', 'customer.' || e.kind, 'timestamp', e.at,
    'data', jsonb_build_object('customer', e.customer_id, 'member', e.user_id, 'origin', e.origin, 'detail', e.detail)), $1::timestamptz
  from fresh e join webhooks w on 'customer.' || e.kind = any(w.events)
  on conflict do nothing returning id`

export async function collect(sql: Runner, now: Date): Promise<string[]> {
  return (await run<{ id: string }>(sql, COLLECT, [now])).map(({ id }) => id)
}

export interface Due {
  id: string
  webhookId: string
  url: string
  secret: string
  payload: Record<string, unknown>
  attempts: number
}

/** undefined: it is settled, or its receiver is off or gone. */
export async function selectDue(sql: Runner, id: string): Promise<Due | undefined> {
  const text = `select d.id, d.webhook_id as "webhookId", w.url, w.secret, d.payload, d.attempts from webhook_deliveries d join webhooks w on w.id = d.webhook_id
    where d.id = $1::uuid and d.state = 'waiting' and w.enabled`
  return (await run<Due>(sql, text, [id]))[0]
}

export async function settleDelivery(
  sql: Runner,
  id: string,
  end: { state: 'waiting' | 'done' | 'dead'; error: string | null },
  now: Date,
): Promise<void> {
  const text = `update webhook_deliveries set state = $2, error = $3, attempts = attempts + 1,
    settled_at = case when $2 <> 'waiting' then $4::timestamptz end where id = $1::uuid`
  await run(sql, text, [id, end.state, end.error, now])
}

/** Those in this state, waiting from now on with their tries before them. */
export async function revive(sql: Runner, webhookId: string, state: 'dead' | 'waiting'): Promise<string[]> {
  const text = `update webhook_deliveries set state = 'waiting', attempts = 0, settled_at = null where webhook_id = $1::uuid and state = $2 returning id`
  return (await run<{ id: string }>(sql, text, [webhookId, state])).map(({ id }) => id)
}

export async function forget(sql: Runner, now: Date): Promise<void> {
  await run(
    sql,
    `delete from webhook_deliveries where state = 'done' and settled_at < $1::timestamptz - interval '7 days'`,
    [now],
  )
}
