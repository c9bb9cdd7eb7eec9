import { expect, test } from 'vitest'
import { makeBuyer, makeFollowed, makeStore } from '#server/testing/builders.ts'
import { createWorld } from '#server/testing/world.ts'
import { selectTies } from './queries.ts'

const world = await createWorld()
const { deps, clock } = world
await makeStore(deps, 7, '静安店')
await deps.sql`update departments set leader_user_ids = '{boss}' where id = 7`
await deps.sql`insert into department_tree (ancestor_id, descendant_id) values (7, 7)`
await world.as('rep-a')
await deps.sql`update members set department_ids = '{7}' where user_id = 'rep-a'`

const day = (ago: number) => new Date(clock.now().getTime() - ago * 86_400_000)
async function customerLastBought(id: string, ago: number | null) {
  const buyer = ago === null ? null : await makeBuyer(deps, { firstOrderedAt: day(ago), lastOrderedAt: day(ago) })
  await makeFollowed(deps, 'rep-a', { customer: { id, buyerId: buyer?.id ?? null } })
}
for (const [id, ago] of [
  ['wm-may', 200],
  ['wm-never-1', null],
  ['wm-today-1', 0],
  ['wm-today-2', 0],
  ['wm-never-2', null],
  ['wm-week', 7],
] as const)
  await customerLastBought(id, ago)
const WHOLE = ['wm-today-2', 'wm-today-1', 'wm-week', 'wm-may', 'wm-never-2', 'wm-never-1']
const wanted = { me: 'boss', filters: { sort: 'ordered' as const }, follower: null, now: clock.now() }

test.each([1, 2, 3, 4, 5, 7])(
  'by the last purchase: the newest first, those who never bought last, in pages of %i nobody twice and nobody missing',
  async (size) => {
    const seen: string[] = []
    let after: { at: string; id: string } | null = null
    for (;;) {
      const page = await selectTies(deps.sql, wanted, after, size)
      seen.push(...page.map((tie) => tie.customerId))
      const last = page.at(-1)
      if (page.length < size || !last) break
      after = { at: last.place, id: `${last.customerId} ${last.followerId}` }
    }
    expect(seen).toEqual(WHOLE)
  },
)

test('with a filter on the last purchase the same order holds', async () => {
  const page = await selectTies(deps.sql, { ...wanted, filters: { sort: 'ordered', ordered: '30' } }, null, 10)
  expect(page.map((tie) => tie.customerId)).toEqual(['wm-may'])
})
