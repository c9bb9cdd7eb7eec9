import { describe, expect, test } from 'vitest'
import {
  castFor,
  leaks,
  ledNote,
  ownBatch,
  ownEntry,
  ownNote,
  ownReply,
  ownSample,
  ownTask,
  ownView,
} from '#server/testing/access-cast.ts'
import { type OwnedIds, SHARED_IDS } from '#server/testing/access-ids.ts'
import { everyEndpoint, type Named, positionsOf, sampleOf } from '#server/testing/access-samples.ts'
import { hashTables } from '#server/testing/tables-hash.ts'
import { type Answer, createWorld, parseAnswer, queryOf, requestOf } from '#server/testing/world.ts'
import { writeCursor } from '../db/cursor.ts'

const world = await createWorld()
const { deps, clock } = world
const REPS = ['rep-owner', 'rep-foreign', 'rep-ex', 'rep-colleague']
const ROLES = ['clerk', 'manager', 'admin', 'auditor'].map((role) => `${role}-owner`)
const PEOPLE = [...REPS, ...ROLES, 'clerk-foreign', 'clerk-ex', 'manager-foreign', 'manager-ex']
for (const userId of PEOPLE) await world.as(userId)
const { owner, rival } = await castFor(world)
const guarded = everyEndpoint.filter(({ endpoint }) => endpoint.access !== 'public')
const attackers = ['rep-foreign', 'rep-ex']

/** Members with the role this contract asks for, and with customers of their own, but not of these. */
const attackersOf = ({ endpoint }: Named): string[] =>
  ({ rep: attackers, clerk: ['clerk-foreign'], manager: ['manager-foreign'], admin: [], auditor: [], public: [] })[
    endpoint.access
  ]

/** Everybody who does not have that role, or no longer. */
const wrongRolesOf = ({ endpoint }: Named): string[] =>
  endpoint.access === 'rep'
    ? []
    : PEOPLE.filter((userId) => !new RegExp(`^${endpoint.access}-(owner|foreign)`).test(userId))

/** A request of this member, a minute after the last one, so that no limit answers in the query's place. */
async function ask(
  { name, endpoint }: Named,
  userId: string | null,
  ids: OwnedIds,
  extra: Record<string, unknown> = {},
) {
  clock.advance(61_000)
  const browser = userId === null ? world.nobody : await world.as(userId)
  const { path, rest } = requestOf(endpoint, sampleOf(name).input(ids))
  const body = { ...rest, ...extra }
  return endpoint.method === 'get' ? browser.get(path + queryOf(body)) : browser.send(endpoint.method, path, { body })
}

const mineAs = async (userId: string): Promise<OwnedIds> => ({
  ...rival,
  replyId: await ownReply(world, userId),
  entryId: await ownEntry(world, rival.customerId, userId),
  noteId: await ownNote(world, rival.customerId, userId),
  viewId: await ownView(world, userId),
  batchId: await ownBatch(world, rival.customerId, userId),
  taskId: await ownTask(world, rival.customerId, userId),
  ledNoteId: await ledNote(world, rival.customerId, 'rep-foreign'),
  sampleId: await ownSample(world, userId),
})

/** What an answer says, without the request's own id. */
const said = ({ status, text, headers }: Answer) => {
  const kept = [...headers].filter(([name]) => name !== 'x-request-id')
  return { status, headers: kept, text: text.replace(/"requestId":"[^"]*"/, '') }
}

/** Runs `work` and proves that it wrote nothing and told WeCom nothing in anybody else's name. */
async function harmless(userId: string | null, work: () => Promise<unknown>) {
  const before = await hashTables(deps.sql)
  const calls = world.wecomCalls().length
  await work()
  expect(await hashTables(deps.sql)).toEqual(before)
  for (const call of world.wecomCalls().slice(calls)) {
    expect([call.path, call.body]).toEqual(['/cgi-bin/externalcontact/get', {}])
    for (const other of PEOPLE) if (other !== userId) expect(JSON.stringify(call)).not.toContain(other)
  }
}

test('every contract has a sample, and every id in it is walked or shared by the whole corp', () => {
  for (const { name, endpoint } of everyEndpoint) {
    const ids = Object.keys(endpoint.input.shape).filter((field) => /Ids?$/.test(field) && !SHARED_IDS.has(field))
    expect([name, ...positionsOf(name)]).toEqual(expect.arrayContaining([name, ...ids]))
  }
})

describe.for(guarded)('$endpoint.method $endpoint.path', (named) => {
  test('refuses whoever is not signed in', async () => {
    await harmless(null, async () => expect((await ask(named, null, owner)).status).toBe(401))
  })

  test.for(wrongRolesOf(named))('refuses %s, who does not have the role', async (userId) => {
    await harmless(userId, async () => {
      const answer = await ask(named, userId, owner)
      expect([answer.status, leaks(answer.text)]).toEqual([403, false])
    })
  })

  test.for(attackersOf(named))(
    'answers %s the same for what is not theirs and for what does not exist',
    async (userId) => {
      const mine = await mineAs(userId)
      for (const id of positionsOf(named.name)) {
        await harmless(userId, async () => {
          const missing = {
            replyId: crypto.randomUUID(),
            customerId: 'wm-missing',
            entryId: '999999999',
            noteId: crypto.randomUUID(),
            viewId: crypto.randomUUID(),
            batchId: crypto.randomUUID(),
            taskId: crypto.randomUUID(),
            ledNoteId: crypto.randomUUID(),
            sampleId: crypto.randomUUID(),
            followerId: 'nobody',
            memberId: 'nobody',
          }[id]
          const [foreign, absent] = [
            await ask(named, userId, { ...mine, [id]: owner[id] }),
            await ask(named, userId, { ...mine, [id]: missing }),
          ]
          expect(foreign.status).toBe(404)
          expect(said(foreign)).toEqual(said(absent))
          expect(leaks(foreign.text)).toBe(false)
        })
      }
    },
  )

  test.for(attackersOf(named))('refuses %s an id slipped in where it does not belong', async (userId) => {
    const mine = await mineAs(userId)
    const extras = [
      { userId: 'rep-owner' },
      { userid: 'rep-owner' },
      { ownerUserId: 'rep-owner' },
      { actor: 'rep-owner' },
    ]
    const repeated = Object.entries(owner).filter(([id]) => named.endpoint.path.includes(`:${id}`))
    for (const extra of [...extras, ...repeated.map(([id, value]) => ({ [id]: value }))]) {
      await harmless(userId, async () => {
        const answer = await ask(named, userId, mine, extra)
        expect([answer.status, leaks(answer.text)]).toEqual([400, false])
      })
    }
  })

  test.for([null, ...attackersOf(named)])('is not reached by %s through a crooked address', async (userId) => {
    const { path } = requestOf(named.endpoint, sampleOf(named.name).input(owner))
    const browser = userId === null ? world.nobody : await world.as(userId)
    const tricks = [
      `/${path}`,
      path.replace('/api', '/%61pi'),
      path.replace('/api/', '/api%2F'),
      `/x/..${path}`,
      `/.${path}`,
      `${path}/`,
      path.replace('/api', '/API'),
      path.replace('/api/', '/api//'),
      `/media/..%2f..${path}`,
      path.replaceAll('/', '%2F').replace('%2F', '/'),
    ]
    for (const trick of tricks) {
      clock.advance(61_000)
      const body =
        named.endpoint.method === 'get' || named.endpoint.method === 'delete'
          ? {}
          : { body: requestOf(named.endpoint, sampleOf(named.name).input(owner)).rest }
      const answer = await browser.send(named.endpoint.method, trick, body)
      const mayAnswer = userId !== null && positionsOf(named.name).length === 0
      expect([trick, leaks(answer.text), !mayAnswer && answer.status < 400]).toEqual([trick, false, false])
    }
  })
})

test.for(attackers)('a place in the owner’s order history shows %s only their own orders', async (userId) => {
  const [order] = await deps.sql<{ at: string; id: string }[]>`
    select to_char(ordered_at + interval '1 day', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, id from orders limit 1`
  const answer = await (await world.as(userId)).get(`/api/customers/wm-rival/orders?cursor=${writeCursor(order!)}`)
  expect(answer.body).toEqual({ orders: [], nextCursor: null, years: [] })
})

describe('positive control', () => {
  test.for(guarded)('$name answers its owner, and what is private is in the answer', async (named) => {
    const before = await rowsOfOthers()
    const { access } = named.endpoint
    // As before what other requests did.
    await deps.sql`update customers set name = 'canary-name', buyer_id = (select buyer_id from orders where order_number = 'canary-1')
      where id = ${owner.customerId}`
    await deps.sql`update follows set remark = 'canary-remark' where customer_id = ${owner.customerId} and user_id = 'rep-owner'`
    const noteId = await ownNote(world, owner.customerId, 'rep-owner')
    const ledNoteId = await ledNote(world, owner.customerId, 'rep-owner')
    const ids = { ...owner, noteId, ledNoteId, replyId: await canaryReply() }
    const answer = await ask(named, `${access}-owner`, ids)
    expect([named.name, answer.status, answer.status === 200 ? '' : answer.text]).toEqual([named.name, 200, ''])
    parseAnswer(named.endpoint, answer.body)
    if (sampleOf(named.name).reveals) expect(leaks(answer.text)).toBe(true)
    expect(await rowsOfOthers()).toEqual(before)
    if (access === 'clerk') for (const secret of FOLLOWERS_OWN) expect(answer.text).not.toContain(secret)
  })

  test.for(guarded.filter((named) => attackersOf(named).length > 0))(
    '$name tells a colleague nothing of the owner',
    async (named) => {
      const [userId = ''] = attackersOf(named)
      const answer = await ask(named, userId, await mineAs(userId))
      expect([named.name, answer.status, leaks(answer.text)]).toEqual([named.name, 200, false])
    },
  )
})

/** A reply of the owner's whose second part holds the canary, for a request that changes the first or deletes all. */
async function canaryReply(): Promise<string> {
  const replyId = await ownReply(world, 'rep-owner')
  await deps.sql`update replies set parts = parts || '[{"type":"text","text":"canary"}]' where id = ${replyId}`
  return replyId
}

/** What a follower wrote or knows of a customer is theirs, also in their own store. */
const FOLLOWERS_OWN = ['remark', 'salutation', 'text', 'company', 'tag']
  .map((field) => `canary-${field}`)
  .concat('13877770000', '138****0000')

/** What colleagues have: no request of the owner's may touch it. */
const rowsOfOthers = async () => [
  [...(await deps.sql`select * from follows where user_id <> 'rep-owner' order by customer_id, user_id`)],
  [...(await deps.sql`select * from reply_uses where user_id <> 'rep-owner' order by 1, 2`)],
  [...(await deps.sql`select * from replies where owner_user_id <> 'rep-owner' order by id`)],
  [...(await deps.sql`select * from notes where user_id <> 'rep-owner' order by id`)],
  [...(await deps.sql`select * from tasks where user_id <> 'rep-owner' order by id`)],
]
