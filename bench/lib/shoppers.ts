import type { Sql } from 'postgres'
import { hasRetail, readRetail } from './retail.ts'
import { MEMBERS } from './dataset.ts'

const GOODS = 3_000
const SLICE = 100_000
/** Where the real shop's file is not there. */
const MADE_UP = [
  '骨瓷杯 白色',
  '骨瓷碟 白色',
  '羊绒衫 驼色 M',
  '帆布袋 黑色',
  '香薰蜡烛 大号',
  '纯棉毛巾 灰色',
  'RED RETROSPOT MUG',
  'PACK OF 6 TEA TOWELS',
]

/** Names of real products, the most usual first. */
async function namesOf(): Promise<string[]> {
  if (!hasRetail()) return Array.from({ length: GOODS }, (_, at) => `${MADE_UP[at % MADE_UP.length]} ${at}`)
  const counts = new Map<string, number>()
  for (const { name } of await readRetail()) if (name !== '') counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, GOODS)
    .map(([name]) => name)
}

/**
 * Customers as a shop has them, made inside Postgres: one to some twenty orders each (three on average), at a pace of their own, of one to four lines; few
 * products are in most orders, neighbours of the list are bought together; one in thirty orders is a refund, one customer in fifty has an event.
 */
export async function fillShoppers(sql: Sql, customers: number): Promise<void> {
  await sql.unsafe(`
    set synchronous_commit = off;
    select setseed(0.42);
    insert into departments (id, name, synced_at) values (1, '静安店', now());
    insert into members (user_id, name, main_department_id, department_ids, synced_at)
      select i::text, '成员' || i, 1, '{1}', now() from generate_series(0, ${MEMBERS - 1}) i;
    insert into buyers (source, member_number) select 'bench', i::text from generate_series(1, ${customers}) i;
    insert into customers (id, name, type, gender, buyer_id)
      select b.member_number, '客户' || b.member_number, 1, b.id % 3, b.id from buyers b where b.source = 'bench';
    insert into follows (customer_id, user_id, remark, salutation, add_way, added_at, tag_ids, synced_at)
      select i::text, (i % ${MEMBERS})::text, '备注' || i, '客户', 1, now() - (i % 700 || ' days')::interval, '{}', now() + interval '1 day'
      from generate_series(1, ${customers}) i;
    insert into customer_events (id, customer_id, source, title, detail, at)
      select gen_random_uuid(), i::text, 'bench', '到店', '', now() - (i % 120 || ' days')::interval from generate_series(1, ${customers}, 50) i;
    create unlogged table bench_goods (at int primary key, sku text, name text, price int)`)
  const names = await namesOf()
  await sql`insert into bench_goods select at - 1, 'G' || (at - 1), name, 199 + (at * 37 % 9000)::int
    from unnest(${names}::text[]) with ordinality as u(name, at)`
  for (let from = 1; from <= customers; from += SLICE)
    await sql.unsafe(ORDERS, [String(from), String(Math.min(customers, from + SLICE - 1)), String(names.length)])
  await sql.unsafe(STATS)
  await sql.unsafe('vacuum analyze')
}

const ORDERS = `
  insert into orders (buyer_id, source, order_number, kind, ordered_at, currency, amount_fen, store, items)
  select p.id, 'bench', p.id || '-' || p.n, case when p.refund then 'refund' else 'sale' end::text, now() - p.pace * p.n * (0.8 + 0.4 * random()) * interval '1 day',
    'CNY', 12990, '静安店',
    (select jsonb_agg(jsonb_build_object('sku', g.sku, 'name', g.name, 'quantity', case when p.refund then -1 else 1 end, 'unitPriceFen', g.price))
      from generate_series(0, p.lines) l join bench_goods g on g.at = (p.first + l) % $3::int)
  from (
    select b.id, n, 4 + (b.id * 7919 % 90) as pace, n > 1 and random() < 0.03 as refund, floor(random() * 4)::int as lines,
      floor(power(random(), 3) * $3::int)::int as first
    from buyers b, generate_series(1, least(20, 1 + floor(-ln(1 - (b.id * 104729 % 10007) / 10008.0) * 2))::int) n
    where b.source = 'bench' and b.member_number::int between $1::int and $2::int) p`

const STATS = `
  insert into buyer_stats (buyer_id, currency, order_count, spend_fen, refund_count, refund_fen, first_ordered_at, last_ordered_at, months)
  select buyer_id, 'CNY', count(*) filter (where kind = 'sale'), coalesce(sum(amount_fen) filter (where kind = 'sale'), 0),
    count(*) filter (where kind = 'refund'), coalesce(sum(amount_fen) filter (where kind = 'refund'), 0),
    min(ordered_at) filter (where kind = 'sale'), max(ordered_at) filter (where kind = 'sale'), '{}'
  from orders group by buyer_id`

/** Orders that come in on one day. */
export const moreOrders = (sql: Sql, customers: number, goods = GOODS): Promise<unknown> =>
  sql.unsafe(ORDERS.replaceAll("p.id || '-' || p.n", "p.id || '+' || p.n"), ['1', String(customers), String(goods)])
