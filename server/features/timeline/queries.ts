import type { TimelineEntry, TimelineFilter } from '#shared/timeline.ts'
import type { Place } from '#server/db/cursor.ts'
import { instantText, run, type Runner } from '#server/db/json.ts'
import { readableNote } from '../notes/service.ts'

/**
 * Where entries come from. Every source has an index in the order of its moments, so a page reads one page of each and the cost of page k is that
 * of the first. Member $2 looks at customer $1. `id`: text that sorts as the index does within one moment.
 */
interface Source {
  name: string
  filter: TimelineFilter
  /** From-clause and conditions on the row. */
  rows: string
  at: string
  id: string
  kind: string
  who: string
  detail: string
}

const nameOf = (userId: string) => `coalesce((select name from members where user_id = ${userId}), ${userId})`
const number = (id: string) => `lpad(${id}::text, 19, '0')`
const OWN = 'x.customer_id = $1 and x.user_id = $2'

const SOURCES: Source[] = [
  {
    name: 'note',
    filter: 'notes',
    rows: `notes n where n.customer_id = $1 and ${readableNote('$2')}`,
    at: 'n.created_at',
    id: 'n.id::text',
    kind: `'note'`,
    who: nameOf('n.user_id'),
    detail: `json_build_object('body', n.body, 'result', n.result, 'visibility', n.visibility, 'mine', n.user_id = $2, 'version', n.version,
      'files', (select count(*) from note_files a where a.note_id = n.id),
      'verdict', (select k.state from note_checks k where k.note_id = n.id and n.user_id = $2 and k.state in ('passed', 'returned')),
      'comments', case when n.user_id = $2 then (select count(*) from note_comments o where o.note_id = n.id) end)`,
  },
  {
    name: 'task',
    filter: 'tasks',
    rows: `tasks x where ${OWN} and x.state <> 'dropped'`,
    at: 'x.created_at',
    id: 'x.id::text',
    kind: `'task'`,
    who: nameOf('x.user_id'),
    detail: `json_build_object('title', x.title, 'dueAt', x.due_at, 'state', x.state)`,
  },
  {
    name: 'task_done',
    filter: 'tasks',
    rows: `tasks x where ${OWN} and x.state = 'done'`,
    at: 'x.settled_at',
    id: 'x.id::text',
    kind: `'task_done'`,
    who: nameOf('x.user_id'),
    detail: `json_build_object('title', x.title, 'dueAt', x.due_at)`,
  },
  {
    name: 'order',
    filter: 'orders',
    rows: `orders x where x.buyer_id = (select c.buyer_id from customers c where c.id = $1)`,
    at: 'x.ordered_at',
    id: number('x.id'),
    kind: `case x.kind when 'sale' then 'sale' else 'refund' end`,
    who: 'null::text',
    detail: `json_build_object('amountFen', x.amount_fen, 'currency', x.currency, 'items', (select coalesce(json_agg(i ->> 'name'), '[]')
      from (select i from jsonb_array_elements(x.items) i limit 3) i), 'count', jsonb_array_length(x.items))`,
  },
  {
    name: 'send',
    filter: 'sends',
    rows: `sends x where ${OWN} and x.outcome = 'ok'`,
    at: 'x.sent_at',
    id: 'x.key::text',
    kind: `'send'`,
    who: nameOf('x.user_id'),
    detail: `json_build_object('content', left(x.content, 300), 'partType', x.part_type,
      'title', (select r.title from replies r where r.id = x.reply_id))`,
  },
  {
    name: 'event',
    filter: 'tags',
    rows: `follow_events x where ${OWN} and x.kind in ('tags', 'remark')`,
    at: 'x.at',
    id: number('x.id'),
    kind: 'x.kind',
    who: nameOf('coalesce(x.by_user_id, x.user_id)'),
    detail: `(x.detail || jsonb_build_object('origin', x.origin))::json`,
  },
  {
    name: 'tie',
    filter: 'tie',
    rows: `follow_events x where ${OWN} and x.kind in ('ended', 'returned')`,
    at: 'x.at',
    id: number('x.id'),
    kind: 'x.kind',
    who: 'null::text',
    detail: `(x.detail || jsonb_build_object('origin', x.origin))::json`,
  },
  {
    name: 'added',
    filter: 'tie',
    rows: `follows x where x.customer_id = $1 and x.ended_at is null`,
    at: 'x.added_at',
    id: 'x.user_id',
    kind: `'added'`,
    who: nameOf('x.user_id'),
    detail: `json_build_object('addWay', x.add_way, 'mine', x.user_id = $2)`,
  },
  {
    name: 'stage',
    filter: 'tie',
    rows: `stage_moves x where ${OWN}`,
    at: 'x.moved_at',
    id: 'x.id::text',
    kind: `'stage'`,
    who: nameOf('x.user_id'),
    detail: `json_build_object('from', (select name from stages where id = x.from_stage_id), 'to', (select name from stages where id = x.to_stage_id),
      'reason', x.reason)`,
  },
  {
    name: 'outside',
    filter: 'orders',
    rows: `customer_events x where x.customer_id = $1`,
    at: 'x.at',
    id: 'x.id::text',
    kind: `'outside'`,
    who: 'null::text',
    detail: `json_build_object('title', x.title, 'text', x.detail, 'source', x.source)`,
  },
  {
    name: 'field',
    filter: 'tie',
    rows: `field_changes x where x.customer_id = $1`,
    at: 'x.at',
    id: 'x.id::text',
    kind: `'field'`,
    who: nameOf('x.user_id'),
    detail: `json_build_object('name', (select name from custom_fields where id = x.field_id), 'before', x.before, 'after', x.after)`,
  },
]

/** Ordered in bytes, whatever the database's language. */
const entryOf = ({ name, id }: Source) => `('${name}:' || ${id}) collate "C"`

/** One page of one source after the place ($3, $4). */
const page = (source: Source): string => `(
  select ${entryOf(source)} as id, ${source.at} as at, ${source.kind} as kind, ${source.who} as who, ${source.detail} as detail
  from ${source.rows} and ($3::timestamptz is null or ${source.at} <= $3::timestamptz)
    and ($3::timestamptz is null or (${source.at}, ${entryOf(source)}) < ($3::timestamptz, $4 collate "C"))
  order by ${source.at} desc nulls last, ${source.id} desc nulls last limit $5)`

/** The details of what is pinned, by their ids ($3). */
const pinned = (source: Source): string => `(
  select ${entryOf(source)} as id, ${source.at} as at, ${source.kind} as kind, ${source.who} as who, ${source.detail} as detail
  from ${source.rows} and ${entryOf(source)} = any($3::text[]))`

const COLUMNS = `e.id, e.kind, ${instantText('e.at')} as at, e.who, e.detail`

const statement = (sources: Source[]): string => `
  select ${COLUMNS} from (${sources.map(page).join(' union all ')}) e
  where exists (select 1 from follows f where f.customer_id = $1 and f.user_id = $2 and f.ended_at is null)
  order by e.at desc, e.id collate "C" desc limit $5`

/** Statements by filter (null: all). */
const statementsOf = (sources: Source[]) =>
  new Map<TimelineFilter | null, string>([
    [null, statement(sources)],
    ...[...new Set(sources.map((source) => source.filter))].map(
      (filter) => [filter, statement(sources.filter((source) => source.filter === filter))] as const,
    ),
  ])

/** As member $2 sees it, and as whoever leads them does: without private notes. */
const STATEMENTS = {
  own: statementsOf(SOURCES),
  led: statementsOf(
    SOURCES.map((source) =>
      source.name === 'note' ? { ...source, rows: `${source.rows} and n.visibility <> 'private'` } : source,
    ),
  ),
}

export type Found = Omit<TimelineEntry, 'pinned'>

export interface Wanted {
  customerId: string
  userId: string
  filter: TimelineFilter | null
  after: Place | null
  limit: number
}

export function selectEntries(
  sql: Runner,
  { customerId, userId, filter, after, limit }: Wanted,
  seen: keyof typeof STATEMENTS = 'own',
): Promise<Found[]> {
  const text = STATEMENTS[seen].get(filter)!
  return run<Found>(sql, text, [customerId, userId, after?.at ?? null, after?.id ?? null, limit])
}

const PINNED = `select ${COLUMNS} from (${SOURCES.map(pinned).join(' union all ')}) e order by e.at desc, e.id desc`

/** What stands behind these ids, as far as the caller may see it. */
export const selectByIds = (sql: Runner, customerId: string, userId: string, ids: string[]): Promise<Found[]> =>
  run<Found>(sql, PINNED, [customerId, userId, ids])

/** undefined: the member does not follow this customer. */
export async function selectPins(sql: Runner, customerId: string, userId: string): Promise<string[] | undefined> {
  const text = `select array(select p.entry from timeline_pins p where p.customer_id = f.customer_id and p.user_id = f.user_id
      order by p.pinned_at desc, p.entry) as pins
    from follows f where f.customer_id = $1 and f.user_id = $2 and f.ended_at is null`
  const [row] = await run<{ pins: string[] }>(sql, text, [customerId, userId])
  return row?.pins
}

export async function insertPin(
  sql: Runner,
  customerId: string,
  userId: string,
  entry: string,
  now: Date,
): Promise<void> {
  const text = `insert into timeline_pins values ($1, $2, $3, $4::timestamptz) on conflict do nothing`
  await run(sql, text, [customerId, userId, entry, now])
}

export async function deletePin(sql: Runner, customerId: string, userId: string, entry: string): Promise<void> {
  const text = 'delete from timeline_pins where customer_id = $1 and user_id = $2 and entry = $3'
  await run(sql, text, [customerId, userId, entry])
}
