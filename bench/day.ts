import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sql } from 'postgres'
import { openOwnerPool } from '../server/db/client.ts'
import { startEmbeddedPostgres } from '../server/db/embedded.ts'
import { migrateDatabase } from '../server/db/migrate.ts'
import { countBook, selectBook } from '../server/features/book/queries.ts'
import { readNames } from '../server/features/book/service.ts'
import { readToday } from '../server/features/tasks/today.ts'
import { selectEntries } from '../server/features/timeline/queries.ts'
import type { Ctx } from '../server/context.ts'
import { type Figures, median, round } from './lib/table.ts'
import type { Options } from './run.ts'

const RUNS = 60
const ME = 'rep'

/** A timeline by its depth, and a rep with a hundred thousand customers: their list by every cut, and their day. */
export async function measure({ small }: Options): Promise<Figures[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pangbai-bench-'))
  const postgres = await startEmbeddedPostgres({
    dataDir,
    sync: false,
    settings: { fsync: 'off', synchronous_commit: 'off' },
  })
  await migrateDatabase(postgres.target)
  const sql = openOwnerPool(postgres.target, 1)
  try {
    const timeline = []
    for (const entries of small ? [1_000] : [1_000, 10_000, 100_000]) timeline.push(await timelineOf(sql, entries))
    const customers = small ? 1_000 : 100_000
    return [
      {
        name: 'timeline',
        about: 'ms a page of thirty, by how many entries there are and how deep it lies',
        rows: timeline,
      },
      { name: 'book', about: `ms of a rep with ${customers} customers`, rows: await bookOf(sql, customers) },
    ]
  } finally {
    await sql.end()
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Notes, sends, tasks, changes of tags and orders in equal parts, a minute apart. */
async function timelineOf(sql: Sql, entries: number) {
  const id = `wm${entries}`
  const each = entries / 5
  const at = `'2020-01-01'::timestamptz + i * interval '5 minutes'`
  await sql.unsafe(`
    with b as (insert into buyers (source, member_number) values ('bench', '${id}') returning id)
    insert into customers (id, name, type, buyer_id) select '${id}', 'x', 1, id from b;
    insert into follows (customer_id, user_id, added_at, synced_at) values ('${id}', '${ME}-t', '2020-01-01', now());
    insert into notes (id, customer_id, user_id, body, visibility, created_at, updated_at)
      select gen_random_uuid(), '${id}', '${ME}-t', repeat('记', 60), 'team', ${at}, now() from generate_series(1, ${each}) i;
    insert into sends (key, customer_id, user_id, part, part_type, content, outcome, sent_at)
      select gen_random_uuid(), '${id}', '${ME}-t', 0, 'text', repeat('您', 60), 'ok', ${at} + interval '1 minute' from generate_series(1, ${each}) i;
    insert into tasks (id, customer_id, user_id, title, due_at, state, created_at)
      select gen_random_uuid(), '${id}', '${ME}-t', '回访', now(), 'open', ${at} + interval '2 minutes' from generate_series(1, ${each}) i;
    insert into follow_events (customer_id, user_id, kind, origin, detail, at)
      select '${id}', '${ME}-t', 'tags', 'sidebar', '{"added":["x"],"removed":[]}', ${at} + interval '3 minutes' from generate_series(1, ${each}) i;
    insert into orders (buyer_id, source, order_number, kind, ordered_at, currency, amount_fen, items)
      select c.buyer_id, 'bench', '${id}-' || i, 'sale', ${at} + interval '4 minutes', 'CNY', 100, '[{"name":"x"}]'
      from customers c, generate_series(1, ${each}) i where c.id = '${id}'`)
  await sql.unsafe('vacuum analyze')
  const page = (after: { at: string; id: string } | null) =>
    selectEntries(sql, { customerId: id, userId: `${ME}-t`, filter: null, after, limit: 31 })
  const deep = (share: number) => ({
    at: new Date(Date.parse('2020-01-01') + each * (1 - share) * 300_000).toISOString(),
    id: 'z',
  })
  return {
    entries,
    'first page': await time(() => page(null)),
    'half deep': await time(() => page(deep(0.5))),
    '99 % deep': await time(() => page(deep(0.99))),
  }
}

async function bookOf(sql: Sql, customers: number) {
  await sql.unsafe(`
    insert into tag_groups (id, name, position, tone, synced_at) values ('g', '组', 1, 'b', now());
    insert into tags select 't' || i, 'g', '标签' || i, i, 'biao qian', 'bq' from generate_series(0, 99) i;
    insert into buyers (source, member_number) select 'book', 'm' || i from generate_series(1, ${customers}) i;
    insert into buyer_stats (buyer_id, currency, order_count, spend_fen, refund_count, refund_fen, first_ordered_at, last_ordered_at, months)
      select id, 'CNY', 3, id % 100000, 0, 0, now(), now() - (id % 700) * interval '1 day', '{}' from buyers where source = 'book';
    insert into customers (id, name, type, buyer_id) select 'wmB' || id, (array['李静文','王芳','张伟','刘洋','陈晨'])[1 + id % 5] || id, 1, id
      from buyers where source = 'book';
    insert into follows (customer_id, user_id, remark, phones, added_at, synced_at, tag_ids, touched_at, stage_id)
      select 'wmB' || id, '${ME}', '备注' || id, array['138' || lpad(id::text, 8, '0')], '2020-01-01'::timestamptz + id * interval '7 minutes', now(),
        array['t' || id % 100, 't' || (id * 7) % 100], now() - (id % 200) * interval '1 day', (array['new','talking','won'])[1 + id % 3]
      from buyers where source = 'book'`)
  await sql.unsafe('vacuum analyze')
  const ctx = {
    sql,
    now: () => new Date(),
    actor: { kind: 'member', userId: ME, name: ME },
    log: console,
  } as unknown as Ctx
  const began = performance.now()
  await readNames(ctx)
  const reading = performance.now() - began
  while ((await sql`select 1 from follows where search is null limit 1`).length > 0) await readNames(ctx)
  await sql.unsafe('vacuum analyze follows')
  const cuts: [string, Parameters<typeof selectBook>[1]['filters']][] = [
    ['all, newest first', {}],
    ['all, longest silent first', { sort: 'touched' }],
    ['all, last bought first', { sort: 'ordered' }],
    ['one tag of a hundred', { tag: 't42' as never }],
    ['stage and 30 days of silence', { stage: 'won', touched: '30' }],
    ['not bought for a year', { ordered: '365' }],
    ['pinyin initials and digits: ljw77', { q: 'ljw777' }],
    ['phone tail', { q: '4242' }],
    ['nobody', { q: '没有这个人' }],
  ]
  const rows = []
  for (const [cut, filters] of cuts) {
    const wanted = { userId: ME, filters, now: new Date() }
    rows.push({
      cut,
      'first page ms': await time(() => selectBook(sql, wanted, null, 51), 20),
      'count ms': await time(() => countBook(sql, wanted), 10),
    })
  }
  rows.push({ cut: 'the day (today page)', 'first page ms': await time(() => readToday(ctx, {}), 10), 'count ms': '' })
  rows.push({ cut: `reading names, first ${round(reading)} ms`, 'first page ms': '', 'count ms': '' })
  return rows
}

async function time(work: () => Promise<unknown>, runs = RUNS): Promise<number> {
  await work()
  const times = []
  for (let i = 0; i < runs; i++) {
    const began = performance.now()
    await work()
    times.push(performance.now() - began)
  }
  return Math.round(median(times) * 10) / 10
}
