import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { streamOf } from '../drafts/testing.ts'
import RepliesPanel from './RepliesPanel.vue'
import { cardWith, chatOf, open, replyWith, serverOf } from './testing.ts'

const server = serverOf({})
const stream = streamOf()
vi.mock('#web/lib/api.ts', async (original) => ({
  ...(await original<object>()),
  call: (...args: Parameters<typeof server.call>) => server.call(...args),
}))
vi.mock('#web/lib/stream.ts', () => ({
  callStream: (...args: Parameters<typeof stream.callStream>) => stream.callStream(...args),
}))

const SEND = 'post /api/customers/:customerId/sends'
const returns = replyWith({ title: '退换货流程', parts: [{ type: 'text', text: '7 天内都可以退换' }] })
const source = { id: 'R1', kind: 'reply' as const, label: '话术「退换货流程」' }
let opened: ReturnType<typeof open>['page'] | undefined
let assistant: { state: 'off' | 'on' | 'demo'; left: number; most: number }

async function asking(host = chatOf()) {
  const { page } = open(RepliesPanel, cardWith(), { initialQuery: '' }, host)
  opened = page
  await flushPromises()
  await page.get('button[aria-label="问一问"]').trigger('click')
  await vi.dynamicImportSettled()
  await flushPromises()
  await page.get('textarea').setValue('能退换吗？')
  await page.get('textarea').trigger('keydown', { key: 'Enter' })
  await flushPromises()
  const button = (name: string) => page.findAll('button').find((one) => one.text() === name)
  const tap = async (name: string) => {
    await button(name)!.trigger('click')
    await flushPromises()
  }
  const tell = async (...events: Parameters<typeof stream.tell>) => {
    stream.tell(...events)
    await flushPromises()
  }
  const box = () => page.find('section[aria-label="起草"]')
  return { page, button, tap, tell, box, host }
}

beforeEach(() => {
  localStorage.clear()
  server.asked.length = 0
  stream.asked.length = 0
  assistant = { state: 'demo', left: 3, most: 100 }
  Object.assign(server.answers, {
    'get /api/replies': () => ({ folders: [], replies: [structuredClone(returns)] }),
    'get /api/assistant': () => assistant,
    'post /api/customers/:customerId/ask': () => ({
      answers: [{ reply: structuredClone(returns), matched: ['退换'] }],
    }),
    [SEND]: () => ({ sentAt: '2026-01-05T01:00:00Z' }),
  })
})
afterEach(() => opened?.unmount())

describe('a draft beside the found replies', () => {
  test('is not offered where no model is set up', async () => {
    assistant = { state: 'off', left: 0, most: 100 }
    const { box, page } = await asking()
    expect(page.text()).toContain('退换货流程')
    expect(box().exists()).toBe(false)
  })

  test('says that it is the demo’s model, and what is left of the day', async () => {
    const { box } = await asking()
    expect(box().text()).toContain('演示模型 · 今天还可 3 次')
  })

  test('lands in a field with its sources and goes nowhere until the rep taps send', async () => {
    const { tap, tell, box, host } = await asking()
    await tap('起草')
    expect(stream.asked).toEqual([{ customerId: 'wmA', mode: 'draft', text: '能退换吗？' }])
    await tell({ type: 'started', left: 2 }, { type: 'progress', chars: 9 })
    expect(box().text()).toContain('正在写… 9 字')
    await tell({ type: 'sentence', text: '李姐，7天内可以退换。', sources: ['R1'] })
    expect(box().text()).toContain('李姐，7天内可以退换。')
    await tell({ type: 'done', text: '李姐，7天内可以退换。', sources: [source] })
    const field = box().get('textarea')
    expect((field.element as HTMLTextAreaElement).value).toBe('李姐，7天内可以退换。')
    expect(box().text()).toContain('依据：话术「退换货流程」')
    expect(box().text()).toContain('今天还可 2 次')
    expect([host.taken, server.to(SEND)]).toEqual([[], []])
    await field.setValue('李姐，七天内可以退换哦。')
    await box().get('button.send').trigger('click')
    await flushPromises()
    expect(host.taken).toEqual([{ type: 'text', text: '李姐，七天内可以退换哦。' }])
    expect(server.to(SEND)).toMatchObject([{ replyId: null, content: '李姐，七天内可以退换哦。', outcome: 'ok' }])
    expect(box().find('textarea').exists()).toBe(false)
  })

  test('that is withheld is taken back whole, says why, and leads to the reply as it is', async () => {
    const { page, tap, tell, box } = await asking()
    await tap('起草')
    await tell({ type: 'started', left: 2 }, { type: 'sentence', text: '7天内可以退换。', sources: ['R1'] })
    await tell({ type: 'withheld', reason: 'promise', piece: '全额退款' })
    expect(box().find('textarea').exists()).toBe(false)
    expect(box().text()).not.toContain('7天内可以退换')
    expect(box().get('[role=alert]').text()).toContain('「全额退款」这样的承诺在依据里找不到')
    await tap('用话术原文')
    expect(document.activeElement).toBe(page.get('textarea').element)
    expect(page.get('[aria-selected=true]').text()).toContain('退换货流程')
  })

  test('that is stopped leaves nothing, and the server hears of it', async () => {
    const { tap, tell, box } = await asking()
    await tap('起草')
    await tell({ type: 'started', left: 2 }, { type: 'sentence', text: '7天内可以退换。', sources: ['R1'] })
    await tap('停下')
    expect(stream.state.signal?.aborted).toBe(true)
    expect(box().text()).not.toContain('7天内可以退换')
    expect(box().find('[role=alert]').exists()).toBe(false)
  })

  test('leaving the panel stops it as well', async () => {
    const { tap } = await asking()
    await tap('起草')
    opened?.unmount()
    opened = undefined
    expect(stream.state.signal?.aborted).toBe(true)
  })

  test('that fails says so and may be asked for again', async () => {
    const { tap, tell, box, button } = await asking()
    await tap('起草')
    await tell({ type: 'started', left: 2 }, { type: 'failed', reason: 'timeout' })
    expect(box().text()).toContain('语言模型没有回应')
    expect(button('重新起草')!.attributes('disabled')).toBeUndefined()
  })

  test('is not to be had when the day’s are used up, or without a network', async () => {
    assistant = { state: 'on', left: 0, most: 100 }
    const { button, box } = await asking()
    expect(button('起草')!.attributes('disabled')).toBeDefined()
    expect(box().text()).toContain('今天的起草次数用完了')
    expect(box().text()).not.toContain('演示模型')
  })

  test('without a network it cannot be tapped', async () => {
    const { button } = await asking()
    window.dispatchEvent(new Event('offline'))
    await flushPromises()
    expect(button('起草')!.attributes('disabled')).toBeDefined()
    window.dispatchEvent(new Event('online'))
  })
})

describe('the rep’s own words anew', () => {
  test('stand in the field to be read, and can be taken back', async () => {
    const { page, tap, tell, host } = await asking()
    await tap('改一下')
    await tap('缩短')
    expect(stream.asked).toEqual([{ customerId: 'wmA', mode: 'shorten', text: '7 天内都可以退换' }])
    await tell(
      { type: 'started', left: 2 },
      { type: 'done', text: '7 天可退', sources: [{ id: 'T1', kind: 'text', label: '你写的话' }] },
    )
    const field = () => page.get('.sel textarea').element as HTMLTextAreaElement
    expect(field().value).toBe('7 天可退')
    expect(page.text()).toContain('依据：你写的话')
    await tap('还原')
    expect(field().value).toBe('7 天内都可以退换')
    expect(host.taken).toEqual([])
  })
})
