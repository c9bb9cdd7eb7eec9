import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { getFigureMembers, getFigures } from '#shared/figures.ts'
import { makeBuyer, makeFollow, makeFollowed, makeMember, makeOrder } from '#server/testing/builders.ts'
import { pullBehavior } from './behavior.ts'
import { createFiguresWorld } from './testing.ts'

const world = await createFiguresWorld()
const { deps, clock, ago, team, sent, noted, judged, promised, met } = world
const { sql } = deps

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

  test('promised: of confirmed promises alone; given up in time is no longer due, given up late was not kept', async () => {
    const { boss, a, figure, rows } = await team()
    const id = await met(a)
    await promised(id, a, ago(3, 2), ago(3, -5), 'done', 'note')
    await promised(id, a, ago(4), ago(4), 'done', 'send')
    await promised(id, a, ago(3), ago(2), 'done', 'send')
    await promised(id, a, ago(1), null, 'open', 'note')
    await promised(id, a, ago(5), ago(2), 'dropped', 'note')
    await promised(id, a, ago(5), ago(6), 'dropped', 'send')
    await promised(id, a, ago(-1), null, 'open', 'send')
    await promised(id, a, ago(2), ago(2))
    expect(await figure('promised')).toEqual([2 / 5, 5])
    expect((await rows('promised')).filter((row) => row.counts)).toHaveLength(2)
    const { members } = await boss.call(getFigureMembers, { figure: 'promised', days: '30' })
    expect(members.find((member) => member.userId === a)).toMatchObject({ value: 2 / 5, n: 5 })
    const { figures } = await boss.call(getFigures, { days: '30' })
    const { trend } = figures.find((one) => one.id === 'promised')!
    expect(trend.reduce((sum, step) => sum + step.n, 0)).toBe(5)
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
    for (const name of ['coverage', 'quality', 'passed', 'kept', 'promised', 'replied', 'replyTime', 'harm'] as const)
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

  test.for([1, 2, 100, 10_000, 99_999])(
    'of %i fen shared among three the shares sum to it, and to nothing once it is refunded',
    async (amountFen) => {
      const { boss, a, b, store } = await team()
      const c = `c-${store}`
      await makeMember(deps, c, { departmentIds: [Number(store)], mainDepartmentId: Number(store) })
      const buyer = await makeBuyer(deps)
      const id = await met(a, { customer: { buyerId: buyer.id } })
      for (const [i, userId] of [a, b, c].entries()) {
        if (userId !== a) await makeFollow(deps, id, userId, { addedAt: ago(90) })
        await sent(id, userId, ago(6 - i))
      }
      const shares = async () => {
        const { members } = await boss.call(getFigureMembers, { figure: 'assisted', days: '30' })
        const linear = members.map((one) => one.linear ?? 0)
        return [linear.reduce((sum, n) => sum + n, 0), Math.max(...linear) - Math.min(...linear) <= 2]
      }
      await makeOrder(deps, buyer.id, { orderedAt: ago(3), amountFen })
      expect(await shares()).toEqual([amountFen, true])
      await makeOrder(deps, buyer.id, { kind: 'refund', orderedAt: ago(1), amountFen: -amountFen })
      expect(await shares()).toEqual([0, true])
    },
  )

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
