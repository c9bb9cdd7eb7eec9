import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { type FieldRule, listFields, saveFieldRules, setField } from '#shared/fields.ts'
import { CustomerId, FieldId, TagId } from '#shared/ids.ts'
import { getToday } from '#shared/tasks.ts'
import { listTimeline } from '#shared/timeline.ts'
import { makeFollow, makeFollowed } from '#server/testing/builders.ts'
import { createWorld } from '#server/testing/world.ts'

const world = await createWorld()
const { deps, clock } = world
const [rep, colleague, admin] = [await world.as('rep-a'), await world.as('rep-b'), await world.as('boss')]
await deps.sql`insert into member_roles values ('boss', 'admin', 'test', now()), ('rep-b', 'clerk', 'test', now())`
const customerId = CustomerId.parse((await makeFollowed(deps, 'rep-a', { follow: { addedAt: new Date(0) } })).id)
await makeFollow(deps, customerId, 'rep-b')

const field = (name: string, over: Partial<FieldRule> = {}): FieldRule => ({
  id: FieldId.parse(randomUUID()),
  name,
  type: 'text',
  options: [],
  required: false,
  roles: [],
  tags: [],
  birthday: false,
  ...over,
})
const [size, age, birthday, level, likes, forClerks, forTagged] = [
  field('尺码', { required: true }),
  field('年龄', { type: 'number' }),
  field('生日', { type: 'date', birthday: true }),
  field('身份', { type: 'single', options: ['学生', '上班族'] }),
  field('喜好', { type: 'multiple', options: ['羊绒', '通勤', '度假'] }),
  field('柜台备注', { roles: ['clerk'] }),
  field('会员号', { tags: [TagId.parse('T-vip')] }),
] as const
const all = [size, age, birthday, level, likes, forClerks, forTagged]
await admin.call(saveFieldRules, { fields: [...all] })
const names = async (who = rep) => (await who.call(listFields, { customerId })).fields.map((one) => one.name)

test('fields stand in the admin’s order, to whom and for whom they are meant', async () => {
  expect(await names()).toEqual(['尺码', '年龄', '生日', '身份', '喜好'])
  expect(await names(colleague)).toContain('柜台备注')
  await deps.sql`update follows set tag_ids = '{T-vip}' where user_id = 'rep-a'`
  expect(await names()).toContain('会员号')
  expect((await rep.try(setField, { customerId, fieldId: forClerks.id, value: 'x' })).status).toBe(404)
})

test('a value is kept for everybody who follows the customer, with who set it; its history is on the timeline', async () => {
  await rep.call(setField, { customerId, fieldId: likes.id, value: ['羊绒', '羊绒'] })
  clock.advance(1_000)
  await colleague.call(setField, { customerId, fieldId: likes.id, value: ['通勤'] })
  await colleague.call(setField, { customerId, fieldId: likes.id, value: ['通勤'] })
  const { fields } = await rep.call(listFields, { customerId })
  expect(fields.find((one) => one.id === likes.id)).toMatchObject({ value: ['通勤'], setBy: 'rep-b' })
  const changes = (await rep.call(listTimeline, { customerId, filter: 'tie' })).entries.filter(
    (entry) => entry.kind === 'field',
  )
  expect(changes.map((entry) => [entry.who, entry.detail['before'], entry.detail['after']])).toEqual([
    ['rep-b', ['羊绒'], ['通勤']],
    ['rep-a', null, ['羊绒']],
  ])
})

test.for<[FieldRule, unknown]>([
  [size, null],
  [size, ''],
  [size, 3],
  [age, '三十'],
  [birthday, '11-28'],
  [birthday, '2026-02-30'],
  [level, '老板'],
  [likes, ['皮草']],
  [likes, '羊绒'],
])('of %o the value %o is refused with a sentence', async ([one, value]) => {
  const answer = await rep.try(setField, { customerId, fieldId: one.id, value: value as never })
  expect([answer.status, answer.text]).toEqual([400, expect.stringContaining(`「${one.name}」`)])
})

test('a birthday is on the day’s list three days ahead, whatever the year', async () => {
  const day = new Date(clock.now().getTime() + 8 * 3_600_000 + 2 * 86_400_000).toISOString().slice(5, 10)
  await rep.call(setField, { customerId, fieldId: birthday.id, value: `1990-${day}` })
  expect((await rep.call(getToday, { kind: 'birthday' })).rows.map((row) => row.customerId)).toEqual([customerId])
})

test('a type never changes under its values, a name is used once, a choice has options; a retired field keeps what it knew', async () => {
  for (const wrong of [
    [{ ...size, type: 'number' as const }],
    [size, field('尺码')],
    [field('空', { type: 'single' })],
    [field('名字', { birthday: true })],
  ])
    expect((await admin.try(saveFieldRules, { fields: wrong })).status).toBe(400)
  await rep.call(setField, { customerId, fieldId: size.id, value: 'M' })
  await admin.call(saveFieldRules, { fields: [age] })
  expect(await names()).toEqual(['年龄'])
  await admin.call(saveFieldRules, { fields: [...all] })
  expect((await rep.call(listFields, { customerId })).fields.find((one) => one.id === size.id)?.value).toBe('M')
})
