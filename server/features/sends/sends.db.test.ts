import { expect, test } from 'vitest'
import { CustomerId, ReplyId } from '#shared/ids.ts'
import { recordSend } from '#shared/sends.ts'
import { makeFollowed, makeReply } from '#server/testing/builders.ts'
import { createWorld } from '#server/testing/world.ts'

const world = await createWorld()
const { deps, clock } = world
const [repA, repB] = [await world.as('rep-a'), await world.as('rep-b')]
const customerOf = async (userId: string) => CustomerId.parse((await makeFollowed(deps, userId)).id)
const sent = (about: object = {}) => ({
  key: crypto.randomUUID(),
  replyId: null,
  part: 0,
  partType: 'text' as const,
  content: '七天无理由退换',
  outcome: 'ok' as const,
  reason: null,
  ...about,
})
const usesOf = async (replyId: string) => [
  ...(await deps.sql`select user_id, uses from reply_uses where reply_id = ${replyId}`),
]

test('what was sent is kept with who, to whom, which reply, when and what came of it', async () => {
  const [customerId, reply] = [await customerOf('rep-a'), await makeReply(deps)]
  const send = sent({ replyId: ReplyId.parse(reply.id) })
  const { sentAt } = await repA.call(recordSend, { customerId, ...send })
  const [row] = await deps.sql`select * from sends where key = ${send.key}`
  expect(row).toMatchObject({
    customer_id: customerId,
    user_id: 'rep-a',
    reply_id: reply.id,
    outcome: 'ok',
    content: '七天无理由退换',
  })
  expect(new Date(sentAt)).toEqual(clock.now())
})

test('a double tap is one send, one use, and equal answers', async () => {
  const [customerId, reply] = [await customerOf('rep-a'), await makeReply(deps)]
  const send = { customerId, ...sent({ replyId: ReplyId.parse(reply.id) }) }
  const answers = await Promise.all(Array.from({ length: 50 }, () => repA.call(recordSend, send)))
  clock.advance(1000)
  answers.push(await repA.call(recordSend, send))
  expect(new Set(answers.map((answer) => answer.sentAt)).size).toBe(1)
  expect(await usesOf(reply.id)).toEqual([{ user_id: 'rep-a', uses: 1 }])
})

test('cancelled and failed are kept with the reason and are not uses', async () => {
  const [customerId, reply] = [await customerOf('rep-a'), await makeReply(deps)]
  for (const outcome of ['cancelled', 'failed'] as const) {
    await repA.call(recordSend, {
      customerId,
      ...sent({ replyId: ReplyId.parse(reply.id), outcome, reason: 'sendChatMessage:cancel' }),
    })
  }
  expect(await usesOf(reply.id)).toEqual([])
  expect(await deps.sql`select 1 from sends where customer_id = ${customerId} and reason is not null`).toHaveLength(2)
})

test('a key that named another attempt is a conflict and tells nothing of it', async () => {
  const [first, second, foreign] = [await customerOf('rep-a'), await customerOf('rep-a'), await customerOf('rep-b')]
  const send = sent({ content: 'canary' })
  await repA.call(recordSend, { customerId: first, ...send })
  for (const answer of [
    await repA.try(recordSend, { customerId: second, ...send }),
    await repB.try(recordSend, { customerId: foreign, ...send }),
  ]) {
    expect([answer.status, answer.text.includes('canary')]).toEqual([409, false])
  }
})

test('a colleague’s reply cannot be used, nor one that does not exist', async () => {
  const customerId = await customerOf('rep-a')
  const theirs = await makeReply(deps, { ownerUserId: 'rep-b' })
  for (const replyId of [theirs.id, crypto.randomUUID()]) {
    expect((await repA.try(recordSend, { customerId, ...sent({ replyId: ReplyId.parse(replyId) }) })).status).toBe(404)
  }
  expect(await deps.sql`select 1 from sends where customer_id = ${customerId}`).toHaveLength(0)
})

test('somebody else’s customer is said to be none of theirs, also for a key they know', async () => {
  const customerId = await customerOf('rep-b')
  const send = sent()
  await repB.call(recordSend, { customerId, ...send })
  for (const answer of [
    await repA.try(recordSend, { customerId, ...sent() }),
    await repA.try(recordSend, { customerId, ...send }),
  ]) {
    expect(answer).toMatchObject({ status: 404, body: { error: { message: expect.stringContaining('这位客户') } } })
  }
})
