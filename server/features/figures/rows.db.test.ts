import { describe, expect, test } from 'vitest'
import { getFigureMembers, getFigures, listFigureRows } from '#shared/figures.ts'
import { makeFollowed } from '#server/testing/builders.ts'
import { createFiguresWorld } from './testing.ts'

const world = await createFiguresWorld()
const { deps, clock, ago, team, noted, judged, promised, met, NOW } = world
const { sql } = deps

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
