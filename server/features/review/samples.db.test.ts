import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { SampleId } from '#shared/ids.ts'
import { updateNote } from '#shared/notes.ts'
import { drawSample, judgeNote, passSample } from '#shared/review.ts'
import { listReviewRules, previewReviewRule, saveReviewRules } from '#shared/review-rules.ts'
import { createReviewWorld, FINE, judge, words } from './testing.ts'

const world = await createReviewWorld()
const { clock, rep, boss, admin, write, tab } = world

describe('a sample', () => {
  test('stands for the others only once all of it is passed, and they say so', async () => {
    clock.advance(40 * 86_400_000)
    for (let i = 0; i < 12; i++) await write(`抽样 ${i} ${FINE}`)
    const sample = SampleId.parse(randomUUID())
    const drawn = await boss.call(drawSample, { sample, days: '1' })
    expect([drawn.items.length, drawn.rest]).toEqual([3, 9])
    expect(await boss.call(drawSample, { sample, days: '1' })).toEqual(drawn)
    expect((await boss.try(passSample, { sampleId: sample })).text).toContain('还有 3 条没通过')
    for (const item of drawn.items) await boss.call(judgeNote, judge(item.noteId, 'passed'))
    expect(await boss.call(passSample, { sampleId: sample })).toEqual({ passed: 9 })
    expect(await boss.call(passSample, { sampleId: sample })).toEqual({ passed: 0 })
    const done = await tab('done', { days: '1' })
    expect([done.length, done.filter((item) => item.sampled).length]).toEqual([12, 9])
  })

  test('what was changed after the draw is not passed with it', async () => {
    clock.advance(40 * 86_400_000)
    const notes = await Promise.all(Array.from({ length: 5 }, (_, i) => write(`变 ${i} ${FINE}`)))
    const sample = SampleId.parse(randomUUID())
    const { items } = await boss.call(drawSample, { sample, days: '1' })
    const rest = notes.find((note) => !items.some((item) => item.noteId === note.noteId))!
    await rep.call(updateNote, { customerId: rest.customerId, noteId: rest.noteId, version: 1, ...words('改成私下返') })
    for (const item of items) await boss.call(judgeNote, judge(item.noteId, 'passed'))
    expect(await boss.call(passSample, { sampleId: sample })).toEqual({ passed: 1 })
  })
})

describe('rules', () => {
  test('an admin changes them, and what nobody judged is looked at anew', async () => {
    const { noteId } = await write('想要一只青花瓷碗，周五来取')
    const judged = await write('也想要青花瓷碗，周六来取')
    await boss.call(judgeNote, judge(judged.noteId, 'passed'))
    const { rules } = await admin.call(listReviewRules, {})
    const mine = {
      id: randomUUID(),
      kind: 'words' as const,
      name: '青花',
      tone: 'warn' as const,
      words: ['青花瓷'],
      limit: 0,
      enabled: true,
    }
    const preview = await admin.call(previewReviewRule, { rule: mine })
    expect([preview.flagged, preview.members]).toEqual([2, [{ name: 'rep', notes: 2 }]])
    await admin.call(saveReviewRules, { rules: [...rules, mine] })
    await world.work()
    expect((await tab('flagged', { q: '青花瓷碗' })).map((item) => item.noteId)).toEqual([noteId])
    expect((await tab('done', { q: '青花瓷碗' })).map((item) => item.flags.length)).toEqual([0])
    expect((await admin.try(saveReviewRules, { rules: [mine, mine] })).status).toBe(400)
    expect((await admin.try(saveReviewRules, { rules: [{ ...mine, words: [] }] })).text).toContain('至少写一个')
  })
})
