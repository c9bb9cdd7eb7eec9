import { expect, test } from 'vitest'
import type { GuardVerdict } from '#shared/guard.ts'
import { NoteId, TaskId } from '#shared/ids.ts'
import { type Around, chooseNext, type NextFacts } from './choose.ts'

const NOW = new Date('2026-03-10T12:00:00+08:00')
const on = (day: string, hour = '09:00') => new Date(`2026-${day}T${hour}:00+08:00`).toISOString()
const allow: GuardVerdict = { verdict: 'allow', pressure: 0, week: 0, reasons: [], customer: '李静文', last: null }
const stops = (kind: GuardVerdict['reasons'][number]['kind']): GuardVerdict => ({
  ...allow,
  verdict: 'block',
  reasons: [{ kind, stops: true, value: null, limit: null, until: null }],
})
const nobody: NextFacts = {
  task: null,
  returned: null,
  addedAt: on('01-02'),
  touchedAt: on('03-08'),
  birthdays: [],
  bought: false,
  stage: null,
  connection: null,
  quiet: [],
  shown: [],
}
const task = (dueAt: string) => ({
  id: TaskId.parse('00000000-0000-4000-8000-000000000001'),
  title: '发报价',
  dueAt,
  remindAt: null,
  repeat: null,
  state: 'open' as const,
  createdAt: on('03-01'),
  settledAt: null,
})
const again: Around['repurchase'][number] = {
  category: '香薰',
  from: on('03-05'),
  until: on('03-15'),
  due: 'now',
  gapDays: 60,
  spreadDays: 5,
  gaps: 3,
  lastAt: on('01-05'),
  orderId: '7',
  name: '香薰蜡烛',
}
const late = { task: task(on('03-08')) }
const today = { task: task(on('03-10', '18:00')) }
const back = { returned: { noteId: NoteId.parse('00000000-0000-4000-8000-000000000002'), at: on('03-09') } }
const fresh = { addedAt: on('03-07'), touchedAt: null }
const party = { birthdays: ['03-14'] }
const cold = { touchedAt: on('02-01'), bought: true }
const choose = (facts: Partial<NextFacts>, { guard = allow, repurchase = [], handed = false }: Partial<Around> = {}) =>
  chooseNext({ ...nobody, ...facts }, { guard, repurchase, handed }, NOW)

test.each([
  ['a late promise before all', { ...late, ...back, ...fresh, ...party }, 'overdue', 2],
  ['a note to rework before somebody new', { ...back, ...fresh, ...today }, 'returned', 1],
  ['somebody new before a promise of today', { ...fresh, ...today, ...party }, 'unanswered', 3],
  ['a promise of today before buying again', { ...today, ...party, ...cold }, 'due', 0],
  ['buying again before a birthday', { ...party, ...cold }, 'repurchase', 64],
] as const)('%s', (_, facts, kind, days) => {
  expect(choose(facts, { repurchase: [again] })).toMatchObject({ kind, days })
})

test.each([
  ['a birthday before going cold', { ...party, ...cold }, 'birthday', 4],
  ['a birthday today', { birthdays: ['03-10'] }, 'birthday', 0],
  ['one of a week from now', { birthdays: ['03-17'] }, 'birthday', 7],
  ['one of eight days from now not yet', { birthdays: ['03-18'] }, undefined, undefined],
  ['what is no day never', { birthdays: ['99'] }, undefined, undefined],
  ['cold after 30 days', cold, 'cold', 37],
  ['not after 29', { ...cold, touchedAt: on('02-09') }, undefined, undefined],
  ['after 14 for whoever does less and less', { ...cold, touchedAt: on('02-24'), connection: 'cooling' }, 'cold', 14],
  ['whoever never bought, and stands nowhere, may go', { ...cold, bought: false }, undefined, undefined],
  ['an open stage is worth it', { ...cold, bought: false, stage: 'open' }, 'cold', 37],
  ['who is lost is let go', { ...cold, stage: 'lost' }, undefined, undefined],
  ['somebody new who was written to is answered', { addedAt: on('03-07') }, undefined, undefined],
  ['after a week nobody is new', { addedAt: on('03-02'), touchedAt: null }, undefined, undefined],
] as [string, Partial<NextFacts>, string | undefined, number | undefined][])('%s', (_, facts, kind, days) => {
  const next = choose(facts)
  expect([next?.kind, next?.days]).toEqual([kind, days])
})

test('a birthday of January is looked forward to in December', () => {
  const now = new Date('2026-12-30T12:00:00+08:00')
  const touchedAt = '2026-12-29T01:00:00.000Z'
  expect(
    chooseNext({ ...nobody, touchedAt, birthdays: ['01-02'] }, { guard: allow, repurchase: [], handed: false }, now),
  ).toMatchObject({
    days: 3,
    fact: '2027-01-01',
  })
})

test('while the guard stops promotions nothing that sells is offered, and what is owed still is', () => {
  const guard = stops('pressure')
  expect(choose(cold, { guard, repurchase: [again] })).toBeUndefined()
  expect(choose({ ...cold, ...party }, { guard, repurchase: [again] })?.kind).toBe('birthday')
  expect(choose({ ...cold, ...late }, { guard })?.kind).toBe('overdue')
})

test('with who asked not to be contacted no conversation is begun', () => {
  const guard = stops('refused')
  expect(choose({ ...cold, ...party, ...fresh }, { guard, repurchase: [again] })).toBeUndefined()
  expect(choose({ ...today, ...fresh }, { guard })?.kind).toBe('due')
})

test('whoever was just handed over is not cold yet', () => {
  expect(choose(cold, { handed: true })).toBeUndefined()
  expect(choose({ ...cold, ...party }, { handed: true })?.kind).toBe('birthday')
})

test('what was dismissed is quiet while its fact is the same, and only its own kind', () => {
  const first = choose({ ...late, ...back })!
  const quiet = [{ kind: first.kind, fact: first.fact }]
  expect(choose({ ...late, ...back, quiet })?.kind).toBe('returned')
  expect(choose({ task: task(on('03-09')), quiet })?.kind).toBe('overdue')
})
