import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type FigureId, getFigureMembers, getFigures, listFigureRows } from '#shared/figures.ts'
import { makeBuyer, makeFollow, makeFollowed, makeMember, makeOrder, makeStore } from '#server/testing/builders.ts'
import { createWorld } from '#server/testing/world.ts'
import { pullBehavior } from './behavior.ts'

const world = await createWorld()
const { deps, clock } = world
const { sql } = deps
const DAY = 86_400_000
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
async function noted(customerId: string, userId: string, at: Date, row: { result?: string; visibility?: string } = {}) {
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
) => sql`
  insert into tasks (id, customer_id, user_id, title, due_at, state, created_at, settled_at) values (${randomUUID()}, ${customerId}, ${userId}, '回访',
    ${due.toISOString()}::text::timestamptz, ${state}, now(), ${done && done.toISOString()}::text::timestamptz)`
const met = async (userId: string, more = {}) =>
  (await makeFollowed(deps, userId, { follow: { addedAt: ago(100) }, ...more })).id

describe('shares', () => {
  test('coverage: who was sent something and has a note too; private notes are not told, but count', async () => {
    const { a, figure, rows } = await team()
    const [noted1, silent, failed] = [await met(a), await met(a), await met(a)]
    for (const id of [noted1, silent]) await sent(id, a, ago(2))
    await sent(noted1, a, ago(3))
    await sql`insert into sends (key, customer_id, user_id, part, part_type, content, outcome, sent_at) values (${randomUUID()}, ${failed}, ${a}, 0, 'text', 'x', 'failed', ${ago(1).toISOString()}::text::timestamptz)`
    await noted(noted1, a, ago(1), { visibility: 'private' })
    expect(await figure('coverage')).toEqual([0.5, 2])
    expect((await rows('coverage')).map((row) => [row.customerId, row.counts])).toEqual(
      expect.arrayContaining([
        [noted1, true],
        [silent, false],
      ]),
    )
  })

  test('quality is the mean of scored notes; passed counts what was looked at one by one', async () => {
    const { a, figure } = await team()
    const notes = [
      await noted(await met(a), a, ago(2)),
      await noted(await met(a), a, ago(2)),
      await noted(await met(a), a, ago(2)),
    ]
    await judged(notes[0]!, 'passed', 'boss', { need: 2, evidence: 2, next: 2, consistent: 1, compliant: 2 })
    await judged(notes[1]!, 'returned', 'boss', { need: 1, evidence: 0, next: 0, consistent: 1, compliant: 1 })
    await judged(notes[2]!, 'passed', 'boss', null, true)
    expect(await figure('quality')).toEqual([6, 2])
    expect(await figure('passed')).toEqual([0.5, 2])
  })

  test('kept: done by the end of its day; late and open are not; dropped, today’s and future are no promise whose day is over', async () => {
    const { a, figure } = await team()
    const id = await met(a)
    await promised(id, a, ago(3, 2), ago(3, -5))
    await promised(id, a, ago(3), ago(2))
    await promised(id, a, ago(1), null)
    await promised(id, a, ago(1), ago(1), 'dropped')
    await promised(id, a, ago(0, 2), null)
    await promised(id, a, ago(-1), null)
    expect(await figure('kept')).toEqual([1 / 3, 3])
  })

  test('activity: both sides, over all who are followed now', async () => {
    const { a, figure } = await team()
    const buyer = await makeBuyer(deps)
    const bought = await met(a, { customer: { buyerId: buyer.id } })
    const answered = await met(a)
    const onlyUs = await met(a)
    await met(a)
    await makeFollow(deps, (await makeFollowed(deps, 'elsewhere')).id, a, { addedAt: ago(50), endedAt: ago(1) })
    await makeOrder(deps, buyer.id, { orderedAt: ago(5) })
    for (const id of [bought, onlyUs]) await sent(id, a, ago(6))
    await noted(answered, a, ago(3), { result: 'interested' })
    await noted(onlyUs, a, ago(3), { result: 'silent' })
    expect(await figure('activity')).toEqual([0.5, 4])
  })

  test('the course of two-way contact asks of each week by itself, among those owned by its end', async () => {
    const { a, course } = await team()
    const buyer = await makeBuyer(deps)
    const bought = await met(a, { customer: { buyerId: buyer.id } })
    await met(a, { follow: { addedAt: ago(5) } })
    await sent(bought, a, ago(26))
    await makeOrder(deps, buyer.id, { orderedAt: ago(25) })
    await sent(bought, a, ago(18))
    await makeOrder(deps, buyer.id, { orderedAt: ago(4) })
    expect(await course('activity')).toEqual([
      [1, 1],
      [0, 1],
      [0, 1],
      [0, 2],
      [0, 2],
    ])
  })

  test('harm: ended within seven days after; who was sent something this week is not judged yet', async () => {
    const { a, figure, course } = await team()
    const lost = await met(a)
    const stayed = await met(a)
    const tooLate = await met(a)
    const fresh = await met(a)
    for (const id of [lost, stayed, tooLate]) await sent(id, a, ago(20))
    await sent(lost, a, ago(20, 1))
    await sent(fresh, a, ago(2))
    const end = (id: string, at: Date) =>
      sql`insert into follow_events (customer_id, user_id, kind, origin, detail, at) values (${id}, ${a}, 'ended', 'wecom', '{}', ${at.toISOString()}::text::timestamptz)`
    await end(lost, ago(15))
    await end(tooLate, ago(12))
    expect(await figure('harm')).toEqual([1 / 3, 3])
    const shown = await course('harm')
    expect([shown.reduce((sum, [, n]) => sum + n!, 0), shown.findIndex(([, n]) => n === 3)]).toEqual([3, 2])
  })

  test('library: of what was sent, what came from it', async () => {
    const { a, figure } = await team()
    const id = await met(a)
    await sent(id, a, ago(1), randomUUID())
    await sent(id, a, ago(1))
    expect(await figure('library')).toEqual([0.5, 2])
  })

  test('nothing to say is null, not zero', async () => {
    const { figure } = await team()
    for (const name of ['coverage', 'quality', 'passed', 'kept', 'replied', 'replyTime', 'harm'] as const)
      expect([name, ...(await figure(name))]).toEqual([name, null, 0])
  })
})

describe('assisted money', () => {
  test('goes to who sent last; shared evenly it still sums to the order, to the fen; a refund takes both back', async () => {
    const { boss, a, b, figure } = await team()
    const buyer = await makeBuyer(deps)
    const id = await met(a, { customer: { buyerId: buyer.id } })
    await makeFollow(deps, id, b, { addedAt: ago(90) })
    await sent(id, a, ago(6))
    await sent(id, b, ago(5))
    await sent(id, b, ago(4))
    await makeOrder(deps, buyer.id, { orderedAt: ago(3), amountFen: 10_001 })
    const credit = async () =>
      Object.fromEntries(
        (await boss.call(getFigureMembers, { figure: 'assisted', days: '30' })).members.map((m) => [
          m.userId,
          [m.value, m.linear],
        ]),
      )
    expect(await figure('assisted')).toEqual([10_001, 1])
    expect(await credit()).toEqual({ [a]: [null, 5_000], [b]: [10_001, 5_001] })
    await makeOrder(deps, buyer.id, { kind: 'refund', orderedAt: ago(1), amountFen: -10_001 })
    expect(await figure('assisted')).toEqual([0, 2])
    expect(await credit()).toEqual({ [a]: [null, 0], [b]: [0, 0] })
  })

  test('an order nobody led up to within a week is nobody’s', async () => {
    const { a, figure } = await team()
    const buyer = await makeBuyer(deps)
    const id = await met(a, { customer: { buyerId: buyer.id } })
    await sent(id, a, ago(12))
    await makeOrder(deps, buyer.id, { orderedAt: ago(3) })
    expect(await figure('assisted')).toEqual([null, 0])
  })
})

test('WeCom’s own numbers: one member a call, re-pulled for three days, days without chats are not zero', async () => {
  const { a, figure } = await team()
  await met(a)
  const ctx = { ...deps, actor: { kind: 'job' as const, name: 'test' } }
  world.shop.members.forEach((member) => (member.customerContact = true))
  await world.as(a)
  await pullBehavior(ctx)
  const days = await sql`select * from behavior_days where user_id = ${a}`
  expect(days.length).toBe(30)
  await sql`update behavior_days set replied_percent = null, reply_minutes = null where user_id = ${a}`
  await sql`update behavior_days set replied_percent = 50, reply_minutes = 10, chats = 3 where user_id = ${a} and day = '2026-01-02'`
  await sql`update behavior_days set replied_percent = 100, reply_minutes = 30, chats = 1 where user_id = ${a} and day = '2025-12-20'`
  expect(await figure('replied')).toEqual([0.625, 2])
  expect(await figure('replyTime')).toEqual([15, 2])
  clock.advance(3_600_000)
  const calls = world.wecomCalls().length
  await pullBehavior(ctx)
  const asked = world
    .wecomCalls()
    .slice(calls)
    .filter((call) => call.path.endsWith('get_user_behavior_data'))
  const mine = asked
    .map((call) => call.body as { userid: string[]; start_time: number; end_time: number })
    .find((body) => body.userid[0] === a)!
  expect([mine.userid.length, (mine.end_time - mine.start_time) / 86_400]).toEqual([1, 2])
  expect(
    (await sql`select replied_percent from behavior_days where user_id = ${a} and day = '2025-12-20'`)[0]![
      'replied_percent'
    ],
  ).toBe(100)
  clock.advance(-3_600_000)
})

describe('whose', () => {
  test('a member, a store, and the team beside it; few rows are not ranked', async () => {
    const { boss, a, b, figure, store } = await team()
    for (let i = 0; i < 21; i++) await promised(await met(a), a, ago(2), i < 7 ? ago(2) : null)
    for (let i = 0; i < 3; i++) await promised(await met(b), b, ago(2), ago(2))
    expect(await figure('kept', { member: a })).toEqual([1 / 3, 21])
    expect(await figure('kept', { store })).toEqual([10 / 24, 24])
    expect(await figure('kept', { store: '999' })).toEqual([null, 0])
    const { figures } = await boss.call(getFigures, { days: '30', member: a })
    expect(figures.find((one) => one.id === 'kept')!.team).toBeCloseTo(10 / 24)
    const { members } = await boss.call(getFigureMembers, { figure: 'kept', days: '30' })
    expect(members.map((one) => [one.userId, one.n])).toEqual([
      [a, 21],
      [b, 3],
    ])
  })

  test('a tie that ended keeps its row and loses its name', async () => {
    const { a, rows, boss } = await team()
    const gone = (
      await makeFollowed(deps, a, { follow: { addedAt: ago(60), endedAt: ago(1) }, customer: { name: '走了的人' } })
    ).id
    await promised(gone, a, ago(2), null)
    expect((await rows('kept')).map((row) => [row.customerId, row.customerName, row.text])).toEqual([[null, null, '']])
    expect((await boss.get(`/api/figures/kept/rows`)).text).not.toContain('走了的人')
  })

  test('what ended, was put away or taken back since is among the rows as the figure had it', async () => {
    const { boss, a } = await team()
    const asOf = ago(0).toISOString()
    const { figures } = await (async () => {
      const id = await met(a)
      const note = await noted(id, a, ago(2), { result: 'interested' })
      await judged(note, 'passed', 'boss', { need: 2, evidence: 2, next: 2, consistent: 2, compliant: 2 })
      await promised(id, a, ago(2), null)
      return await boss.call(getFigures, { days: '30' })
    })()
    clock.advance(60_000)
    const since = new Date(NOW + 1_000).toISOString()
    await sql`update follows set ended_at = ${since}::text::timestamptz where user_id = ${a}`
    await sql`update notes set deleted_at = ${since}::text::timestamptz where user_id = ${a}`
    await sql`update tasks set state = 'dropped', settled_at = ${since}::text::timestamptz where user_id = ${a}`
    await sql`update note_reviews set undone_at = ${since}::text::timestamptz where note_id in (select id from notes where user_id = ${a})`
    for (const name of ['quality', 'passed', 'kept', 'activity'] as const) {
      const { total, counted, rows } = await boss.call(listFigureRows, { figure: name, days: '30', asOf })
      const { n, value } = figures.find((one) => one.id === name)!
      expect([name, total, rows[0]!.text]).toEqual([name, n, ''])
      if (name === 'activity' || name === 'passed') expect([name, counted! / total!]).toEqual([name, value])
      const { members } = await boss.call(getFigureMembers, { figure: name, days: '30', asOf })
      expect(members.find((one) => one.userId === a)).toMatchObject({ n, value })
    }
    clock.advance(-60_000)
  })

  test('the rows are as many as the figure said, page by page', async () => {
    const { boss, a, figure } = await team()
    for (let i = 0; i < 53; i++) await promised(await met(a), a, ago(2, i / 10), i % 2 ? ago(2) : null)
    const [, n] = await figure('kept')
    const seen = new Set<string>()
    for (let cursor: string | undefined; ;) {
      const page = await boss.call(listFigureRows, { figure: 'kept', days: '30', ...(cursor && { cursor }) })
      if (cursor === undefined) expect([page.total, page.counted]).toEqual([n, 26])
      for (const row of page.rows) seen.add(row.id)
      if (page.nextCursor === null) break
      cursor = page.nextCursor
    }
    expect(seen.size).toBe(n)
  })
})

test('months of adding: what still stood after each whole month, and nothing for months that are not over', async () => {
  const { boss, a } = await team()
  const tie = (added: string, ended?: string) =>
    makeFollowed(deps, a, { follow: { addedAt: new Date(added), endedAt: ended ? new Date(ended) : null } })
  await tie('2025-11-03T00:00:00+08:00')
  await tie('2025-11-10T00:00:00+08:00', '2025-12-01T00:00:00+08:00')
  await tie('2025-12-02T00:00:00+08:00')
  const { cohorts, survival } = await boss.call(getFigures, {})
  expect(cohorts.map((one) => [one.month, one.n, one.kept.slice(0, 2)])).toEqual([
    ['2025-11', 2, [0.5, null]],
    ['2025-12', 1, [null, null]],
  ])
  expect(survival).toEqual([
    { day: 0, share: 1, atRisk: 3 },
    { day: 30, share: expect.closeTo(2 / 3), atRisk: 2 },
    { day: 60, share: expect.closeTo(2 / 3), atRisk: 1 },
  ])
  // Each number opens its ties: the November ones after a month, and those that had lived thirty days.
  const asked = { days: '30' as const }
  const november = await boss.call(listFigureRows, { ...asked, figure: 'retention', month: '2025-11', after: '1' })
  expect([november.total, november.counted, november.rows.map((row) => [row.text, row.customerId === null])]).toEqual([
    2,
    1,
    [
      ['2025-12-01', true],
      ['', false],
    ],
  ])
  const lived = await boss.call(listFigureRows, { ...asked, figure: 'survival', after: '30' })
  expect([lived.total, lived.counted]).toEqual([2, 2])
})

test('figures that took long are answered as they were, and taken anew behind', async () => {
  const { boss, a, figure } = await team()
  await promised(await met(a), a, ago(2), null)
  expect((await figure('kept'))[1]).toBe(1)
  await sql`update figure_answers set took_ms = 5000`
  await promised(await met(a), a, ago(2), null)
  expect((await figure('kept'))[1]).toBe(1)
  clock.advance(11 * 60_000)
  const stale = await boss.call(getFigures, { days: '30' })
  expect([stale.figures.find((one) => one.id === 'kept')!.n, stale.asOf, stale.recounting]).toEqual([
    1,
    new Date(NOW).toISOString(),
    true,
  ])
  await world.work()
  expect((await figure('kept'))[1]).toBe(2)
  clock.advance(-11 * 60_000)
})
