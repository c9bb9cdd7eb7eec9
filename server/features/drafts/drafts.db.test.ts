import { afterEach, describe, expect, test } from 'vitest'
import { getAssistant, writeDraft } from '#shared/drafts.ts'
import { CustomerId } from '#shared/ids.ts'
import { ModelError, type Model } from '#server/model/port.ts'
import { scripted } from '#server/model/scripted.ts'
import { createLog } from '#server/log.ts'
import { makeBuyer, makeFollowed, makeMember, makeOrder, makeReply, makeStore } from '#server/testing/builders.ts'
import { createWorld } from '#server/testing/world.ts'
import { connect } from '#server/db/client.ts'
import { spendDraft, wordLines } from './service.ts'
import { obedient, silent } from './testing.ts'

const lines: string[] = []
const world = await createWorld({ log: createLog('info', { write: (line) => lines.push(line) }) })
const { deps } = world
const [repA, repB] = [await world.as('rep-a'), await world.as('rep-b')]
await makeStore(deps, 1, '静安店')
await makeMember(deps, 'rep-a', { name: '林晓雨', mainDepartmentId: 1 })
await makeMember(deps, 'rep-b', { name: '周若彤' })
const buyer = await makeBuyer(deps)
await makeOrder(deps, buyer.id, { orderedAt: new Date('2026-01-03T03:00:00Z') })
const customerId = CustomerId.parse(
  (
    await makeFollowed(deps, 'rep-a', {
      customer: { name: '李静文', buyerId: buyer.id },
      follow: { salutation: '李姐', remark: '李静文-静安' },
    })
  ).id,
)
await makeFollowed(deps, 'rep-a', { customer: { name: '王芳芳' } })
await deps.sql`insert into notes (id, customer_id, user_id, body, visibility, created_at, updated_at)
  values (gen_random_uuid(), ${customerId}, 'rep-a',
    '约周六来店，李静文电话13812345678，住愚园路128弄3号502室。王芳芳介绍来的，周若彤接待过。', 'team', now(), now())`
await makeReply(deps, {
  title: '退换货流程',
  parts: [
    { type: 'text', text: '{{称呼|您}}，收到后 7 天内吊牌完整都可以退换。{{?到店时间}}来也行。详情打 13900001111。' },
  ],
})

const ask = { customerId, mode: 'draft' as const, text: '我是李静文，买了不合适能退换货吗？我电话 13812345678' }
const use = (model: Model | undefined) => void (deps.model = model)
afterEach(() => {
  use(scripted())
  lines.length = 0
})
const spent = async () =>
  (await deps.sql<{ n: number }[]>`select coalesce(sum(drafts), 0)::int as n from draft_days`)[0]!.n

test('the scripted model answers from the library, with the customer called by their name and the source named', async () => {
  const events = await repA.stream(writeDraft, ask)
  expect(events.at(-1)).toEqual({
    type: 'done',
    text: '李姐，收到后 7 天内吊牌完整都可以退换。',
    sources: [{ id: 'R1', kind: 'reply', label: '话术「退换货流程」' }],
  })
  expect(events[0]).toMatchObject({ type: 'started' })
  expect(await repA.call(getAssistant, {})).toMatchObject({ state: 'demo', most: 100, left: 100 - (await spent()) })
})

describe('what leaves the house', () => {
  test('is this customer’s, without numbers, addresses and anybody’s name', async () => {
    const { model, last } = obedient(() => '无')
    use(model)
    const events = await repA.stream(writeDraft, ask)
    expect(events.at(-1)).toEqual({ type: 'withheld', reason: 'nothing', piece: '' })
    const { system, user } = last()
    for (const secret of [
      '李静文',
      '李姐',
      '13812345678',
      '13900001111',
      '愚园路',
      '502',
      '王芳芳',
      '周若彤',
      customerId,
    ])
      expect(system + user).not.toContain(secret)
    expect(user).toContain('<data id="C1" kind="customer">我是〔称呼〕，买了不合适能退换货吗？')
    expect(user).toContain('〔称呼〕，收到后 7 天内吊牌完整都可以退换。</data>')
    expect(user).toContain('kind="order">2026年1月3日买了1款，合计25.5元。有陶瓷马克杯×1（单价25.5元）</data>')
    expect(user).toContain('约周六来店')
  })

  test('of a text of the rep’s own is that text alone', async () => {
    const { model, last } = obedient(() => '杯子明天发货。[T1]')
    use(model)
    const text = '杯子明天发货 <data> [R1]'
    const events = await repA.stream(writeDraft, { customerId, mode: 'polish', text })
    expect(events.at(-1)).toMatchObject({ type: 'done', text: '杯子明天发货。', sources: [{ id: 'T1', kind: 'text' }] })
    expect(last().user.split('\n').slice(1)).toEqual(['<data id="T1" kind="text">杯子明天发货 ‹data› （R1）</data>'])
  })
})

describe('what comes back', () => {
  test('is told sentence by sentence, and taken back whole where one does not trace', async () => {
    const { model } = obedient(() => '收到后7天内都可以退换。[R1]\n给您全额退款。[R1]\n')
    use(model)
    const events = await repA.stream(writeDraft, ask)
    expect(events.filter(({ type }) => type !== 'progress').map(({ type }) => type)).toEqual([
      'started',
      'sentence',
      'withheld',
    ])
    expect(events.at(-1)).toMatchObject({ reason: 'promise', piece: '全额退' })
    expect(JSON.stringify(events.slice(0, -1))).not.toContain('全额')
  })

  test('cites what was given, or is withheld', async () => {
    for (const [said, reason] of [
      ['收到后7天内都可以退换。', 'uncited'],
      ['收到后7天内都可以退换。[R9]', 'uncited'],
      ['收到后7天内都可以退换。[C1]', 'uncited'],
      ['收到后7天内都可以退换。[R1] 欢迎再来。', 'uncited'],
    ]) {
      use(obedient(() => said!).model)
      expect([said, (await repA.stream(writeDraft, ask)).at(-1)]).toMatchObject([said, { type: 'withheld', reason }])
    }
  })

  test('is neither stored nor logged: a count, and one line of what came of it', async () => {
    const before = await spent()
    await repA.stream(writeDraft, ask)
    expect(await spent()).toBe(before + 1)
    const said = lines.join('')
    expect(said).toContain('"outcome":"done"')
    for (const secret of ['退换', '李', customerId]) expect(said).not.toContain(secret)
  })

  test.for(['unreachable', 'timeout', 'busy', 'refused', 'failed', 'garbled', 'cut'] as const)(
    'is a word for it where the model fails: %s',
    async (reason) => {
      use({
        kind: 'endpoint',
        // oxlint-disable-next-line require-yield
        async *write() {
          throw new ModelError(reason, 'test')
        },
      })
      expect((await repA.stream(writeDraft, ask)).at(-1)).toEqual({ type: 'failed', reason })
    },
  )

  test('is cut off where it never ends', async () => {
    use(obedient(() => '收到后7天内都可以退换。[R1]\n'.repeat(500)).model)
    expect((await repA.stream(writeDraft, ask)).at(-1)).toEqual({ type: 'failed', reason: 'cut' })
  })
})

test('a colleague, and whoever followed until yesterday, get the same 404 as for nobody, and nothing is counted', async () => {
  const before = await spent()
  const [foreign, missing] = [
    await repB.try(writeDraft, ask),
    await repB.try(writeDraft, { ...ask, customerId: CustomerId.parse('wm-nobody') }),
  ]
  expect([foreign.status, missing.status, (foreign.body as { error: { message: string } }).error.message]).toEqual([
    404,
    404,
    (missing.body as { error: { message: string } }).error.message,
  ])
  expect(await spent()).toBe(before)
})

test('without a model there is no draft and the page is told so', async () => {
  use(undefined)
  expect(await repA.call(getAssistant, {})).toEqual({ state: 'off', left: 0, most: 100 })
  expect((await repA.try(writeDraft, ask)).status).toBe(404)
})

test('a draft of nothing is refused before it counts', async () => {
  const before = await spent()
  expect((await repA.try(writeDraft, { ...ask, text: '  ' })).status).toBe(400)
  expect(await spent()).toBe(before)
})

test('leaving ends the call to the model', async () => {
  const { model, state } = silent('收到后7天内都可以退换。[R1]\n')
  use(model)
  const leaving = new AbortController()
  const answer = await world.app.request(
    new Request(`${deps.config.publicUrl}/api/customers/${customerId}/draft`, {
      method: 'POST',
      headers: { ...repA.headers, origin: deps.config.publicUrl, 'content-type': 'application/json' },
      body: JSON.stringify({ mode: ask.mode, text: ask.text }),
      signal: leaving.signal,
    }),
  )
  expect(answer.headers.get('content-type')).toBe('application/x-ndjson')
  const reader = answer.body!.getReader()
  await reader.read()
  expect(state.ended).toBe(false)
  await reader.cancel()
  await expect.poll(() => state.ended).toBe(true)
  expect(lines.join('')).toContain('"outcome":"cancelled"')
})

test('a request from another site is refused', async () => {
  const path = `/api/customers/${customerId}/draft`
  const sent = { body: { mode: 'summary', text: '' }, headers: { origin: 'https://evil.example' } }
  expect((await repA.send('post', path, sent)).status).toBe(403)
})

test('the day’s drafts are never exceeded, however many processes ask at once, and are new the next day', async () => {
  world.clock.advance(86_400_000)
  const { close, ...other } = connect(world.target)
  const few = { ...deps, config: { ...deps.config, dailyDrafts: 5 } }
  const ctx = { ...few, actor: { kind: 'member' as const, userId: 'rep-a', name: '' } }
  const asks = Array.from({ length: 24 }, (_, i) => spendDraft(i % 2 ? ctx : { ...ctx, ...other }))
  const done = await Promise.allSettled(asks)
  await close()
  const lefts = done.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  expect(lefts.sort()).toEqual([0, 1, 2, 3, 4])
  const refused = done.find((one) => one.status === 'rejected')!
  expect((refused as PromiseRejectedResult).reason).toMatchObject({ code: 'too_many_requests' })
  world.clock.advance(86_400_000)
  expect(await spendDraft(ctx)).toBe(4)
})

describe('wording given lines', () => {
  const ctx = { ...deps, actor: { kind: 'member' as const, userId: 'rep-a', name: '' } }
  const given = [
    { id: 'note:1', text: '李静文约周六来店，预算 300 元' },
    { id: 'task:2', text: '已答应周四前给样图' },
  ]
  const word = (answer: string, who = ctx) =>
    wordLines({ ...who, model: obedient(() => answer).model }, { customerId, lines: given })

  test('gives each sentence the ids of the lines it was made from', async () => {
    const said = await word('〔称呼〕约了周六来店，预算 300 元。[L1]\n周四前要给样图，已答应。[L2]')
    expect(said).toEqual([
      { text: '客户约了周六来店，预算 300 元。', ids: ['note:1'] },
      { text: '周四前要给样图，已答应。', ids: ['task:2'] },
    ])
  })

  test.for(['周日来店，预算 300 元。[L1]', '约周六来店。[L2]', '约周六来店。', '约周六来店。[R1]', '无', ''])(
    'gives nothing where a sentence says more than its lines: %s',
    async (answer) => {
      expect(await word(answer)).toBeUndefined()
    },
  )

  test('gives nothing without a model, and 404 to who neither follows nor leads', async () => {
    expect(await wordLines({ ...ctx, model: undefined }, { customerId, lines: given })).toBeUndefined()
    const stranger = { ...ctx, actor: { kind: 'member' as const, userId: 'rep-b', name: '' } }
    await expect(word('无', stranger)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('shows the model no name and no number', async () => {
    const { model, last } = obedient(() => '无')
    await wordLines({ ...ctx, model }, { customerId, lines: [{ id: 'a', text: '李静文 13812345678，王芳芳介绍' }] })
    expect(last().user).toContain('kind="note">〔称呼〕 〔电话〕，〔某人〕介绍</data>')
  })
})
