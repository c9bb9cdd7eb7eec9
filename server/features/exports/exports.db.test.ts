import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createExport } from '#shared/exports.ts'
import { makeFollowed, makeMember, makeStore } from '#server/testing/builders.ts'
import { createWorld } from '#server/testing/world.ts'
import { toCsv } from './sheet.ts'

const world = await createWorld()
const { deps, clock } = world
const { sql } = deps
await makeStore(deps, 5, '静安店')
await sql`update departments set leader_user_ids = '{boss}' where id = 5`
await sql`insert into department_tree values (5, 5)`
const [boss, other] = [await world.as('boss'), await world.as('rep-x')]
await makeMember(deps, 'rep', { departmentIds: [5], mainDepartmentId: 5, name: '=1+1' })
const due = new Date(clock.now().getTime() - 25 * 3_600_000).toISOString()

async function promise(title: string, remark: string) {
  const { id } = await makeFollowed(deps, 'rep', { follow: { remark } })
  await sql`insert into tasks (id, customer_id, user_id, title, due_at, created_at) values (${randomUUID()}, ${id}, 'rep', ${title}, ${due}::text::timestamptz, now())`
  return id
}
const ask = async (format: 'csv' | 'xlsx' = 'csv') => {
  const asked = { export: randomUUID(), figure: 'kept' as const, filters: {}, asOf: clock.now().toISOString(), format }
  return (await boss.call(createExport, asked)).path
}

test('the file says who took it and when, its cells run nothing, and zeros in front stay', async () => {
  await promise('+cmd|calc', '007')
  const path = await ask()
  const { text, headers } = await boss.get(path)
  const [mark, , row] = text.split('\r\n')
  expect(mark).toMatch(/旁白导出 · boss（boss）· 2026-01-05 09:00:00/)
  expect(row).toMatch(/^2026-01-04 08:00:00,'=1\+1,rep,007,wm[^,]+,'\+cmd\|calc,0,$/)
  expect(headers.get('content-disposition')).toContain('attachment')
  const xlsx = await world.app.request(await ask('xlsx'), { headers: boss.headers })
  expect(
    Buffer.from(await xlsx.arrayBuffer())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK')
})

test('the ties behind a month of adding are a file too, with the day on which one ended', async () => {
  await makeFollowed(deps, 'rep', {
    follow: { addedAt: new Date('2025-10-03T00:00:00+08:00'), endedAt: new Date('2025-10-20T00:00:00+08:00') },
  })
  const asked = {
    export: randomUUID(),
    figure: 'retention' as const,
    filters: { month: '2025-10', after: '1' },
    asOf: clock.now().toISOString(),
    format: 'csv' as const,
  }
  const { text } = await boss.get((await boss.call(createExport, asked)).path)
  expect(text.split('\r\n').slice(2, -1)).toEqual(["2025-10-03 00:00:00,'=1+1,rep,,,2025-10-20,0,"])
})

test('it is asked anew when it is fetched: a tie that ended has lost its name, and who leads nobody gets nothing', async () => {
  const id = await promise('回访', '会走的人')
  const path = await ask()
  expect((await boss.get(path)).text).toContain('会走的人')
  await sql`update follows set ended_at = now() where customer_id = ${id}`
  expect((await boss.get(path)).text).not.toContain('会走的人')
  await sql`update departments set leader_user_ids = '{}' where id = 5`
  expect((await boss.get(path)).status).toBe(403)
  await sql`update departments set leader_user_ids = '{boss}' where id = 5`
})

test('it is its maker’s alone, and for a day', async () => {
  const path = await ask()
  expect((await other.get(path)).status).toBe(404)
  expect((await world.nobody.get(path)).status).toBe(401)
  clock.advance(86_400_001)
  expect((await boss.get(path)).status).toBe(404)
  clock.advance(-86_400_001)
})

test('twenty a day, each in the audit log', async () => {
  const made = Number((await sql`select count(*)::int as n from audit_log where action = 'export.created'`)[0]!['n'])
  for (let i = made; i < 20; i++) await ask()
  await expect(ask()).rejects.toThrow('今天已经导出 20 次')
})

test('a comma, a quote and a line break stay in their cell', () =>
  expect(toCsv([['a,b', 'c"d', 'e\nf', null, 3]]).toString()).toBe('\ufeff"a,b","c""d","e\nf",,3\r\n'))
