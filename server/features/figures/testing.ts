import { randomUUID } from 'node:crypto'
import { type FigureId, getFigures, listFigureRows } from '#shared/figures.ts'
import { makeFollowed, makeMember, makeStore } from '#server/testing/builders.ts'
import { createWorld } from '#server/testing/world.ts'

const DAY = 86_400_000

/** Teams that nobody else counts, and what a figure is made of: messages, notes, verdicts, promises. */
export async function createFiguresWorld() {
  const world = await createWorld()
  const { deps, clock } = world
  const { sql } = deps
  /** 09:00 of a Monday in China. */
  const NOW = clock.now().getTime()
  const ago = (days: number, hours = 0) => new Date(NOW - days * DAY - hours * 3_600_000)
  let department = 40

  /** A department of its own with a leader and two members, so that no test counts another's rows. */
  async function team() {
    const id = ++department
    const [boss, a, b] = [`boss-${id}`, `a-${id}`, `b-${id}`]
    await makeStore(deps, id, `店${id}`)
    await sql`update departments set leader_user_ids = array[${boss}] where id = ${id}`
    await sql`insert into department_tree values (${id}, ${id})`
    for (const userId of [a, b]) await makeMember(deps, userId, { departmentIds: [id], mainDepartmentId: id })
    const browser = await world.as(boss)
    const figure = async (name: FigureId, filters = {}) => {
      const { figures } = await browser.call(getFigures, { days: '30', ...filters })
      const { value, n } = figures.find((one) => one.id === name)!
      return [value, n]
    }
    const rows = async (name: FigureId) => (await browser.call(listFigureRows, { figure: name, days: '30' })).rows
    const course = async (name: FigureId) => {
      const { figures } = await browser.call(getFigures, { days: '30' })
      return figures.find((one) => one.id === name)!.trend.map(({ value, n }) => [value, n])
    }
    return { boss: browser, a, b, figure, rows, course, store: String(id) }
  }
  const sent = (customerId: string, userId: string, at: Date, replyId: string | null = null) => sql`
    insert into sends (key, customer_id, user_id, reply_id, part, part_type, content, outcome, sent_at)
    values (${randomUUID()}, ${customerId}, ${userId}, ${replyId}, 0, 'text', '您好', 'ok', ${at.toISOString()}::text::timestamptz)`
  async function noted(
    customerId: string,
    userId: string,
    at: Date,
    row: { result?: string; visibility?: string } = {},
  ) {
    const id = randomUUID()
    await sql`insert into notes (id, customer_id, user_id, body, result, visibility, created_at, updated_at) values (${id}, ${customerId}, ${userId}, '记录',
      ${row.result ?? null}, ${row.visibility ?? 'team'}, ${at.toISOString()}::text::timestamptz, now())`
    return id
  }
  const judged = (noteId: string, verdict: string, by: string, scores: object | null, sampled = false) => sql`
    insert into note_reviews (id, note_id, version, verdict, scores, sampled, by_user_id, at)
    values (${randomUUID()}, ${noteId}, 1, ${verdict}, ${scores && JSON.stringify(scores)}::text::jsonb, ${sampled}, ${by}, ${ago(1).toISOString()}::text::timestamptz)`
  const promised = (
    customerId: string,
    userId: string,
    due: Date,
    done: Date | null,
    state = done ? 'done' : 'open',
    from: 'note' | 'send' | null = null,
  ) => sql`
    insert into tasks (id, customer_id, user_id, title, due_at, state, created_at, settled_at, promised_from) values (${randomUUID()}, ${customerId}, ${userId}, '回访',
      ${due.toISOString()}::text::timestamptz, ${state}, now(), ${done && done.toISOString()}::text::timestamptz, ${from})`
  const met = async (userId: string, more = {}) =>
    (await makeFollowed(deps, userId, { follow: { addedAt: ago(100) }, ...more })).id
  return { ...world, ago, team, sent, noted, judged, promised, met, NOW }
}
