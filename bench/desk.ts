import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sql } from 'postgres'
import { FigureId } from '../shared/figures.ts'
import { openOwnerPool } from '../server/db/client.ts'
import { startEmbeddedPostgres } from '../server/db/embedded.ts'
import { migrateDatabase } from '../server/db/migrate.ts'
import { selectCohorts, selectFigure, selectLived, selectRows } from '../server/features/figures/queries.ts'
import { scopeOf } from '../server/features/figures/service.ts'
import { countTies, selectTies } from '../server/features/led/queries.ts'
import { countItems, selectItems, selectReviewNote } from '../server/features/review/queries.ts'
import { BIG_DATABASE } from './lib/big-database.ts'
import { fillDataset, MEMBERS } from './lib/dataset.ts'
import type { Options } from './run.ts'
import { type Figures, round, type Row } from './lib/table.ts'

const RUNS = 15
const STORE = 2
const STORE_MEMBERS = 20

/** The desk's lists and figures: a manager of one store of twenty, and one who leads everybody. */
export async function measure({ small }: Options): Promise<Figures[]> {
  const customers = small ? 10_000 : 1_000_000
  const dataDir = mkdtempSync(join(tmpdir(), 'pangbai-bench-'))
  const postgres = await startEmbeddedPostgres({ dataDir, sync: false, settings: BIG_DATABASE })
  const sql = openOwnerPool(postgres.target, 1)
  try {
    await migrateDatabase(postgres.target)
    await fillDataset(sql, customers, 5)
    await fillDesk(sql, customers)
    const rows = []
    for (const [who, me] of [
      [`a store of ${STORE_MEMBERS}`, 'boss-store'],
      [`all ${MEMBERS} members`, 'boss-all'],
    ] as const)
      rows.push(...(await measureOf(sql, who, me)))
    const about = `ms, ${customers.toLocaleString('en')} customers, five orders each, a note and a send each; thirty days, statements as the product sends them`
    return [{ name: 'desk', about, rows }]
  } finally {
    await sql.end()
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function fillDesk(sql: Sql, customers: number): Promise<void> {
  await sql.unsafe(`
    update departments set leader_user_ids = '{boss-all}';
    insert into departments (id, name, parent_id, leader_user_ids, synced_at) values (${STORE}, '一店', 1, '{boss-store}', now());
    insert into department_tree values (1, 1), (1, ${STORE}), (${STORE}, ${STORE});
    update members set department_ids = '{${STORE}}', main_department_id = ${STORE} where user_id::int < ${STORE_MEMBERS};
    update follows set added_at = now() - (customer_id::int % 700) * interval '1 day';
    insert into notes (id, customer_id, user_id, body, result, visibility, created_at, updated_at)
      select gen_random_uuid(), i::text, (i % ${MEMBERS})::text, '到店试了' || i || '，喜欢象牙白，约周六再来', 'interested', 'team',
        now() - (i % 365) * interval '1 day' - (i % 1000) * interval '1 second', now() from generate_series(1, ${customers}) i;
    insert into note_checks (note_id, user_id, customer_id, created_at, version, flags, flagged, state)
      select id, user_id, customer_id, created_at, 1, case when right(customer_id, 1) = '3' then '[{"rule":"short","kind":"short","name":"过短","tone":"warn","found":"2","spans":[]}]' else '[]' end::jsonb,
        right(customer_id, 1) = '3', case when right(customer_id, 1) in ('1', '2') then 'passed' else 'open' end from notes;
    insert into sends (key, customer_id, user_id, reply_id, part, part_type, content, outcome, sent_at)
      select gen_random_uuid(), i::text, (i % ${MEMBERS})::text, null, 0, 'text', '您好', 'ok', now() - (i % 180) * interval '1 day' from generate_series(1, ${customers}) i;
    insert into tasks (id, customer_id, user_id, title, due_at, state, created_at, settled_at)
      select gen_random_uuid(), i::text, (i % ${MEMBERS})::text, '回访', now() - (i % 365) * interval '1 day', 'done', now() - interval '400 days', now() - (i % 365) * interval '1 day'
      from generate_series(1, ${customers}, 4) i;
    insert into note_reviews (id, note_id, version, verdict, by_user_id, at) select gen_random_uuid(), note_id, 1, 'passed', 'boss-all', created_at + interval '1 day' from note_checks where state = 'passed';
  `)
  await sql.unsafe('vacuum analyze')
}

async function measureOf(sql: Sql, who: string, me: string): Promise<Row[]> {
  const now = new Date()
  const scope = scopeOf(me, { days: '30' }, now)
  // A week, as the queue opens.
  const wanted = { since: scopeOf(me, { days: '7' }, now).from, store: null, q: null, verdict: null }
  const led = { me, filters: {}, follower: null, now }
  const [first] = await selectItems(sql, me, 'flagged', wanted, null, 1)
  const works: [string, () => Promise<unknown>][] = [
    ['review: first page', () => selectItems(sql, me, 'flagged', wanted, null, 51)],
    ['review: counts', () => countItems(sql, me, wanted)],
    ['review: one note', () => selectReviewNote(sql, me, first!.item.noteId)],
    ['customers: first page', () => selectTies(sql, led, null, 51)],
    ['customers: by last order', () => selectTies(sql, { ...led, filters: { sort: 'ordered' } }, null, 51)],
    ['customers: count', () => countTies(sql, led)],
    ...FigureId.options.map((id): [string, () => Promise<unknown>] => [
      `figure: ${id}`,
      () => selectFigure(sql, id, scope, 7),
    ]),
    ['figure: rows behind (kept)', () => selectRows(sql, 'kept', scope, null, 51)],
    ['figure: survival', () => selectLived(sql, scope)],
    ['figure: cohorts', () => selectCohorts(sql, scope)],
  ]
  const rows: Row[] = []
  for (const [what, work] of works) {
    const took: number[] = []
    const until = performance.now() + 6_000
    for (let i = 0; i < RUNS && (i < 3 || performance.now() < until); i++) {
      const began = performance.now()
      await work()
      took.push(performance.now() - began)
    }
    took.sort((a, b) => a - b)
    rows.push({ who, what, median: round(took[Math.floor(took.length / 2)]!, 1), worst: round(took.at(-1)!, 1) })
  }
  return rows
}
