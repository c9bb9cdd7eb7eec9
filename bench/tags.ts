import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sql } from 'postgres'
import { openOwnerPool } from '../server/db/client.ts'
import { startEmbeddedPostgres } from '../server/db/embedded.ts'
import { migrateDatabase } from '../server/db/migrate.ts'
import type { Ctx } from '../server/context.ts'
import { TagBook, type Worn } from '../server/features/tag-hints/book.ts'
import { learnTagLinks } from '../server/features/tag-hints/learn.ts'
import { selectKnown, selectLinks } from '../server/features/tag-hints/queries.ts'
import { isProved, type TagTrial } from '../shared/tag-hints.ts'
import { buildShop } from '../simulator/shop/shop.ts'
import { type Figures, median, round, type Row } from './lib/table.ts'
import type { Options } from './run.ts'

const TRIED = 20_000
const TYPES = 8
const OF_TYPE = 6
const LOOSE = 12
const RUNS = 60

/** Suggestions of tags: leave-one-out beside the most frequent tags, and the nightly job's time. */
export async function measure({ small }: Options): Promise<Figures[]> {
  const customers = small ? 10_000 : 1_000_000
  return [
    {
      name: 'tags, hold-out',
      about:
        'one tag of each customer is hidden and foretold; shown: whether reps would see it. The demo shop’s tags are put on by dice: there is nothing to find in them',
      rows: [
        ...trialsOf('demo shop', demoShop()),
        ...trialsOf(`made up: ${TYPES} kinds of customers, two tags of their kind, one at random`, madeUp()),
        ...trialsOf('made up: all at random', atRandom()),
      ],
    },
    { name: 'tags, nightly job', about: `${customers} customers with three tags each`, rows: [await jobOf(customers)] },
  ]
}

function trialsOf(shop: string, people: Worn[]): Row[] {
  const tags = new Map(people.flatMap((worn) => worn.tags.map((tag) => [tag, null] as const)))
  const book = new TagBook(tags, people.length)
  for (const worn of people) book.add(worn)
  const share = (hits: number, of: number) => (of === 0 ? 0 : round(hits / of, 3))
  return (['tags', 'orders'] as const).map((by) => {
    const trial: TagTrial = book.tryOut(by)
    return {
      shop,
      by,
      cases: trial.cases,
      spoken: trial.spoken,
      'precision@3': share(trial.hits, trial.shown),
      'most frequent': share(trial.usualHits, trial.shown),
      'hit rate': share(trial.hits, trial.cases),
      'most frequent three': share(trial.usualTop, trial.cases),
      shown: isProved(trial) ? 'yes' : 'no',
    }
  })
}

function demoShop(): Worn[] {
  return buildShop(new Date()).customers.map(({ externalUserid, follows }) => ({
    id: externalUserid,
    tags: [...new Set(follows.flatMap((follow) => follow.tagIds))],
    words: [],
  }))
}

/** Numerical Recipes' generator: the same customers every time. */
function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}

function madeUp(): Worn[] {
  const roll = dice(7)
  return Array.from({ length: TRIED }, (_, i) => {
    const kind = roll(TYPES)
    // Some tags are more usual than others, and one in five is put on against the kind.
    const of = () => `k${roll(5) === 0 ? roll(TYPES) : kind}.${Math.min(roll(OF_TYPE), roll(OF_TYPE), roll(OF_TYPE))}`
    const words = roll(3) === 0 ? [] : [`category:${roll(4) === 0 ? roll(TYPES) : kind}`]
    return { id: `c${i}`, tags: [...new Set([of(), of(), `loose.${Math.min(roll(LOOSE), roll(LOOSE))}`])], words }
  })
}

function atRandom(): Worn[] {
  const roll = dice(11)
  return Array.from({ length: TRIED }, (_, i) => ({
    id: `c${i}`,
    tags: [...new Set([0, 1, 2].map(() => `t${Math.min(roll(40), roll(40))}`))],
    words: [`category:${roll(TYPES)}`],
  }))
}

async function jobOf(customers: number): Promise<Row> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pangbai-bench-'))
  const postgres = await startEmbeddedPostgres({
    dataDir,
    sync: false,
    settings: { fsync: 'off', synchronous_commit: 'off' },
  })
  await migrateDatabase(postgres.target)
  const sql = openOwnerPool(postgres.target, 2)
  try {
    await fill(sql, customers)
    await sql.unsafe('vacuum analyze')
    const began = performance.now()
    await learnTagLinks({ sql, now: () => new Date() } as Ctx)
    const seconds = (performance.now() - began) / 1000
    const [links] = await sql`select count(*)::int as n from tag_links`
    const times: number[] = []
    for (let i = 0; i < RUNS; i++) {
      const at = performance.now()
      const known = await selectKnown(sql, String(1 + i * 97), 'rep', new Date())
      await selectLinks(sql, [...known!.tagIds.map((id) => `tag:${id}`), ...known!.words])
      times.push(performance.now() - at)
    }
    return {
      'job, s': round(seconds, 1),
      links: Number(links!['n']),
      'memory, MB': Math.round(process.memoryUsage().rss / 2 ** 20),
      'suggestions of one customer, ms': round(median(times), 1),
    }
  } finally {
    await sql.end()
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Three tags each, two of them of one kind of customer; half bought something. */
const fill = (sql: Sql, customers: number) =>
  sql.unsafe(
    `
    insert into tag_groups (id, name, position, tone, synced_at) values ('g', '组', 1, 'b', now());
    insert into tags (id, group_id, name, position, pinyin, initials)
      select 't' || i, 'g', '标签' || i, i, '', '' from generate_series(0, ${TYPES * OF_TYPE + LOOSE - 1}) i;
    insert into buyers (source, member_number) select 'bench', i::text from generate_series(1, ${customers}) i;
    insert into customers (id, name, type, buyer_id) select b.member_number, 'x', 1, b.id from buyers b;
    insert into buyer_tastes (buyer_id, words, rhythm_days, read_at)
      select b.id, array['category:' || b.id % ${TYPES}, 'band:' || b.id % 5, 'size:M'], b.id % 120, now() from buyers b where b.id % 2 = 0;
    insert into follows (customer_id, user_id, added_at, synced_at, tag_ids)
      select i::text, 'rep', now(), now(), array['t' || i % ${TYPES} * ${OF_TYPE} + hash(i, 1) % ${OF_TYPE}, 't' || i % ${TYPES} * ${OF_TYPE} + hash(i, 2) % ${OF_TYPE},
        't' || ${TYPES * OF_TYPE} + hash(i, 3) % ${LOOSE}] from generate_series(1, ${customers}) i`.replaceAll(
      /hash\(i, (\d)\)/g,
      'abs(hashint4extended(i, $1) % 1000)',
    ),
  )
