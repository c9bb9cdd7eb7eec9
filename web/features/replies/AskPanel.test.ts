import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ApiError } from '#web/lib/api.ts'
import { looksAsked, marksIn } from './asked.ts'
import RepliesPanel from './RepliesPanel.vue'
import { cardWith, chatOf, open, replyWith, serverOf } from './testing.ts'

const server = serverOf({})
vi.mock('#web/lib/api.ts', async (original) => ({
  ...(await original<object>()),
  call: (...args: Parameters<typeof server.call>) => server.call(...args),
}))

const ASK = 'post /api/customers/:customerId/ask'
const SEND = 'post /api/customers/:customerId/sends'
const returns = replyWith({
  title: '退换货流程',
  parts: [{ type: 'text', text: '{{称呼|您}}，7 天内都可以退换' }],
  uses: 3,
  teamUses: 12,
})
const parcel = replyWith({ title: '到货', parts: [{ type: 'text', text: '{{最近订单.商品}}今天到店' }] })
let opened: ReturnType<typeof open>['page'] | undefined

async function asking(query: string, card = cardWith(), host = chatOf()) {
  const { page } = open(RepliesPanel, card, { initialQuery: query }, host)
  opened = page
  await flushPromises()
  await page.get('button[aria-label="问一问"]').trigger('click')
  await vi.dynamicImportSettled()
  await flushPromises()
  const field = page.get('textarea')
  const press = async (key: string, more: object = {}) => {
    await field.trigger('keydown', { key, ...more })
    await flushPromises()
  }
  return { page, field, press, host }
}

beforeEach(() => {
  localStorage.clear()
  server.asked.length = 0
  Object.assign(server.answers, {
    'get /api/replies': () => ({ folders: [], replies: structuredClone([returns, parcel]) }),
    [ASK]: () => ({
      answers: [
        { reply: structuredClone(returns), matched: ['退换'] },
        { reply: structuredClone(parcel), matched: [] },
      ],
    }),
    [SEND]: () => ({ sentAt: '2026-01-05T01:00:00Z' }),
  })
})
afterEach(() => opened?.unmount())

describe('asking in the customer’s words', () => {
  test('Enter asks, Enter sends the best one filled, and it is recorded', async () => {
    const { field, press, page, host } = await asking('')
    await field.setValue('可以退换吗？')
    await press('Enter')
    expect(server.to(ASK)).toEqual([{ customerId: 'wmA', text: '可以退换吗？' }])
    expect(page.text()).toContain('对上「退换」 · 你用过 3 次 · 团队用过 12 次')
    expect(host.taken).toEqual([])
    await press('Enter')
    expect(host.taken).toEqual([{ type: 'text', text: '李姐，7 天内都可以退换' }])
    expect(server.to(SEND)).toMatchObject([{ replyId: returns.id, outcome: 'ok' }])
  })

  test('arrows choose another; what was searched for is asked at once', async () => {
    const { press, page } = await asking('到了吗')
    expect(server.to(ASK)).toMatchObject([{ text: '到了吗' }])
    await press('ArrowDown')
    expect(page.get('[aria-selected=true]').text()).toContain('到货')
  })

  test('a changed text is asked again before anything is sent', async () => {
    const { field, press, host } = await asking('退换')
    await field.setValue('换个颜色')
    await press('Enter')
    expect(host.taken).toEqual([])
    expect(server.to(ASK).map((one) => one['text'])).toEqual(['退换', '换个颜色'])
  })

  test('an Enter that ends a word of the pinyin keyboard asks nothing', async () => {
    const { field, press } = await asking('')
    await field.setValue('退')
    await press('Enter', { isComposing: true })
    expect(server.to(ASK)).toEqual([])
  })

  test('where no reply is sure the panel says so and offers to write one', async () => {
    server.answers[ASK] = () => ({ answers: [] })
    const { page } = await asking('老板姓什么')
    expect(page.text()).toContain('没有把握的话术')
    expect(page.text()).toContain('新建我的话术')
  })

  test('a failure says why and can be tried again', async () => {
    let times = 0
    server.answers[ASK] = () => {
      if (times++ === 0) throw new ApiError('internal', '服务器忙')
      return { answers: [{ reply: structuredClone(returns), matched: [] }] }
    }
    const { page } = await asking('退换')
    expect(page.get('[role=alert]').text()).toContain('没问到')
    await page.get('[role=alert] button').trigger('click')
    await flushPromises()
    expect(page.find('[role=alert]').exists()).toBe(false)
    expect(page.text()).toContain('退换货流程')
  })
})

test('a question in the search is offered to be asked', () => {
  expect(['洗了会缩水吗？', '我上周买的那件毛衣起球了', '有货?'].map(looksAsked)).toEqual([true, true, true])
  expect(['thh', '退换货', ''].map(looksAsked)).toEqual([false, false, false])
})

test('marks are of the words as they stand, the longer first, never across one another', () => {
  expect(marksIn('退换货流程，可退换', ['退换货', '退换'])).toEqual([
    [0, 3],
    [7, 9],
  ])
})
