import type { Sql } from 'postgres'

/** Ids are plain numbers as text, so that pgbench can name them without any expression of its own. */
export const MEMBERS = 2_000
export const memberOfCustomer = (customer: number): number => customer % MEMBERS

/**
 * Fills an empty, migrated database with `customers` customers (each followed by one of 2,000 members), `ordersEach` orders a customer,
 * 20,000 replies and 60 tags, all inside Postgres. Indexes are rebuilt by the caller's migration, so this simply inserts in bulk.
 */
export async function fillDataset(sql: Sql, customers: number, ordersEach: number): Promise<void> {
  await sql.unsafe(`set synchronous_commit = off`)
  await sql.unsafe(`
    insert into departments (id, name, synced_at) values (1, '静安店', now());
    insert into members (user_id, name, main_department_id, department_ids, synced_at)
      select i::text, '成员' || i, 1, '{1}', now() from generate_series(0, ${MEMBERS - 1}) i;
    insert into tag_groups (id, name, position, tone, synced_at)
      select 'g' || i, '组' || i, i, (array['b','v','g','r','w','o'])[i], now() from generate_series(1, 6) i;
    insert into tags (id, group_id, name, position, pinyin, initials)
      select 't' || i, 'g' || (i % 6 + 1), '标签' || i, i, 'biao qian ' || i, 'bq' || i from generate_series(1, 60) i;
    insert into reply_folders (id, name, position) select 'f' || i, '夹' || i, i from generate_series(1, 10) i;
    insert into replies (id, owner_user_id, folder_id, position, title, parts, pinyin, initials, updated_at)
      select gen_random_uuid(), null, 'f' || (i % 10 + 1), i, '话术' || i,
             jsonb_build_array(jsonb_build_object('type', 'text', 'text', '{{称呼|您}}，这是第 ' || i || ' 条话术，请您放心选购～')),
             'hua shu ' || i, 'hs' || i, now() from generate_series(1, 20000) i;
    insert into reply_uses (user_id, reply_id, uses, last_used_at)
      select m::text, r.id, 1 + m % 9, now() from generate_series(0, ${MEMBERS - 1}) m,
      lateral (select id from replies order by position offset (m % 50) limit 3) r;
  `)
  await sql.unsafe(`
    insert into buyers (source, member_number) select 'bench', i::text from generate_series(1, ${customers}) i;
    insert into customers (id, name, type, gender, buyer_id)
      select b.member_number, '客户' || b.member_number, 1, b.id % 3, b.id from buyers b where b.source = 'bench';
    insert into follows (customer_id, user_id, remark, salutation, phones, add_way, added_at, tag_ids, synced_at)
      select i::text, (i % ${MEMBERS})::text, '备注' || i, '客户', array['1380013' || lpad((i % 10000)::text, 4, '0')], 1,
             now() - interval '90 days', array['t' || (i % 60 + 1), 't' || (i % 59 + 1), 't' || (i % 53 + 1)], now() + interval '1 day'
      from generate_series(1, ${customers}) i;
  `)
  await insertOrders(sql, customers, ordersEach)
  await sql.unsafe(`
    insert into buyer_stats (buyer_id, currency, order_count, spend_fen, refund_count, refund_fen, first_ordered_at, last_ordered_at, months)
      select id, 'CNY', ${ordersEach}, ${ordersEach} * 12990, 1, 2990, now() - interval '300 days',
             -- No two buyers came at the same moment.
             now() - interval '3 days' - (id % 5000000) * interval '1 second',
             '{"2026-01":12990,"2026-03":25980,"2026-06":12990,"2026-09":12990,"2026-11":12990}'
      from buyers where source = 'bench';
  `)
  await sql.unsafe('vacuum analyze')
}

/** Orders with two or three items each, spread over 300 days, in slices so that no statement holds everything. */
export async function insertOrders(sql: Sql, buyers: number, each: number): Promise<void> {
  const slice = 200_000
  for (let from = 1; from <= buyers; from += slice) {
    await sql.unsafe(`
      insert into orders (buyer_id, source, order_number, kind, ordered_at, currency, amount_fen, items)
        select b.id, 'bench', b.member_number || '-' || n, 'sale', now() - (n * ${Math.max(1, Math.floor(300 / each))} || ' days')::interval - (b.id % 1000 || ' minutes')::interval,
               'CNY', 12990,
               jsonb_build_array(
                 jsonb_build_object('sku', 'S' || (b.id % 900), 'name', 'WHITE HANGING HEART T-LIGHT HOLDER', 'quantity', 6, 'unitPriceFen', 1299),
                 jsonb_build_object('sku', 'L' || (n % 900), 'name', 'CREAM CUPID HEARTS COAT HANGER', 'quantity', 4, 'unitPriceFen', 1299))
        from buyers b, generate_series(1, ${each}) n
        where b.source = 'bench' and b.member_number::int between ${from} and ${Math.min(buyers, from + slice - 1)}`)
  }
}
