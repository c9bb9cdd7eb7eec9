import type { Aside } from '#shared/aside.ts'
import type { Output } from '#shared/endpoint.ts'
import type { getRfmGrid } from '#shared/rfm.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { ledTie } from '#server/db/scope.ts'
import { instantText, run } from '#server/db/json.ts'

/** A customer of several of the caller's people counts once. */
const GRID = `
  with mine as materialized (
    select distinct k.customer_id, k.value, k.influence, k.segment, k.connection from rfm k join follows f on f.customer_id = k.customer_id where ${ledTie('$1')})
  select
    (select coalesce(json_agg(c), '[]') from (select value, influence, count(*)::int as customers from mine group by 1, 2 order by 1, 2) c) as cells,
    (select coalesce(json_agg(c), '[]') from (select segment, count(*)::int as customers from mine where segment is not null group by 1 order by 2 desc, 1) c) as purchase,
    (select coalesce(json_agg(c), '[]') from (select connection as segment, count(*)::int as customers from mine group by 1 order by 2 desc, 1) c) as connection,
    (select ${instantText('max(at)')} from rfm) as at`

export async function readGrid(ctx: Ctx): Promise<Output<typeof getRfmGrid>> {
  const [row] = await run<Output<typeof getRfmGrid>>(ctx.sql, GRID, [memberOf(ctx)])
  return row!
}

const ONE = `
  select k.segment as purchase, k.connection,
    (select coalesce(json_agg(json_build_object('day', h.day::text, 'purchase', h.segment, 'connection', h.connection) order by h.day desc), '[]')
      from (select * from rfm_history where customer_id = $1 order by day desc limit 6) h) as history
  from rfm k join follows f on f.customer_id = k.customer_id
  where k.customer_id = $1 and f.user_id = $2 and f.ended_at is null`

/** Of a customer of the caller's, with its changes; undefined before the first night. */
export async function segmentsOf(ctx: Ctx, customerId: string) {
  const [row] = await run<NonNullable<Aside['segments']>>(ctx.sql, ONE, [customerId, memberOf(ctx)])
  return row
}
