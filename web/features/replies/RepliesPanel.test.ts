import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Reply } from '#shared/replies.ts'
import { HostError } from '#web/host/host.ts'
import RepliesPanel from './RepliesPanel.vue'
import { cardWith, chatOf, open, replyWith, serverOf } from './testing.ts'

const server = serverOf({})
vi.mock('#web/lib/api.ts', async (original) => ({
  ...(await original<object>()),
  call: (...args: Parameters<typeof server.call>) => server.call(...args),
}))

const returns = replyWith({
  title: '退换货流程',
  pinyin: 'tui huan huo liu cheng',
  initials: 'thhlc',
  parts: [{ type: 'text', text: '{{称呼|您}}，7 天内都可以退换' }],
})
const sizes = replyWith({
  title: '尺码',
  pinyin: 'chi ma',
  initials: 'cm',
  parts: [{ type: 'text', text: '报一下身高' }],
})
const broken = replyWith({
  title: '备货',
  pinyin: 'bei huo',
  initials: 'bh',
  parts: [{ type: 'text', text: '{{最近订单.商品}}到了' }],
})
let opened: ReturnType<typeof open>['page'] | undefined

async function panel(query = '', host = chatOf()) {
  const { page, view } = open(RepliesPanel, cardWith(), { initialQuery: query }, host)
  opened = page
  await flushPromises()
  const input = page.get('input')
  const press = async (key: string, more: object = {}) => {
    await input.trigger('keydown', { key, ...more })
    await flushPromises()
  }
  return { page, view, input, press, host, sends: () => server.to('post /api/customers/:customerId/sends') }
}

beforeEach(() => {
  localStorage.clear()
  server.asked.length = 0
  Object.assign(server.answers, {
    'get /api/replies': () => ({
      folders: [{ id: 'f1', name: '退换' }],
      replies: structuredClone([sizes, returns, broken]),
    }),
    'post /api/customers/:customerId/sends': () => ({ sentAt: '2026-01-05T01:00:00Z' }),
  })
})
afterEach(() => {
  opened?.unmount()
  vi.useRealTimers()
})

describe('answering with the keyboard', () => {
  test('thh and Enter: the returns reply is in the chat, filled for this customer, and is recorded', async () => {
    const { press, host, sends, page } = await panel('thh')
    await press('Enter')
    expect(host.taken).toEqual([{ type: 'text', text: '李姐，7 天内都可以退换' }])
    expect(sends()).toMatchObject([
      { customerId: 'wmA', replyId: returns.id, part: 0, partType: 'text', outcome: 'ok', reason: null },
    ])
    expect(page.text()).toContain('已交给聊天')
    expect(page.text()).not.toContain('已送达')
  })

  test('an Enter that ends a word of the pinyin keyboard sends nothing', async () => {
    const { press, host } = await panel('thh')
    await press('Enter', { isComposing: true })
    await press('Enter', { keyCode: 229 })
    await press('Enter', { repeat: true })
    expect(host.taken).toEqual([])
  })

  test('arrows choose, and the field says which line is chosen', async () => {
    const { press, host, page, input } = await panel('')
    await press('ArrowDown')
    const chosen = page.get('[role=row][aria-selected=true]')
    expect(chosen.text()).toContain('退换货流程')
    expect(input.attributes('aria-activedescendant')).toBe(chosen.attributes('id'))
    await press('ArrowUp')
    await press('ArrowUp')
    await press('Enter')
    expect(host.taken).toEqual([{ type: 'text', text: '报一下身高' }])
  })

  test('Shift+Enter opens the words for changing; what is sent is what was typed', async () => {
    const { press, host, page } = await panel('thh')
    await press('Enter', { shiftKey: true })
    const field = page.get('textarea')
    expect((field.element as HTMLTextAreaElement).value).toBe('李姐，7 天内都可以退换')
    await field.setValue('李姐，今天就能退')
    await field.trigger('keydown', { key: 'Enter', ctrlKey: true })
    await flushPromises()
    expect(host.taken).toEqual([{ type: 'text', text: '李姐，今天就能退' }])
  })

  test('Escape leaves the changing first, then the panel', async () => {
    const { press, page, view } = await panel('thh')
    await press('Enter', { shiftKey: true })
    await page.get('textarea').trigger('keydown', { key: 'Escape' })
    expect(page.find('textarea').exists()).toBe(false)
    expect(view.emitted('close')).toBeUndefined()
    await press('Escape')
    expect(view.emitted('close')).toHaveLength(1)
  })
})

describe('what is never sent', () => {
  test('a variable without a value blocks the send and says which one', async () => {
    const { press, host, page, sends } = await panel('备货')
    await press('Enter')
    expect(host.taken).toEqual([])
    expect(sends()).toEqual([])
    expect(page.get('.sel').text()).toContain('「最近订单.商品」')
  })

  test('braces left in the changed words block as well', async () => {
    const { press, host, page } = await panel('备货')
    await press('Enter', { shiftKey: true })
    await page.get('.btn.send').trigger('click')
    await flushPromises()
    expect(host.taken).toEqual([])
    expect(page.get('.sel').text()).toContain('缺少「最近订单.商品」')
  })

  test('nothing goes to a chat that meanwhile belongs to another customer', async () => {
    const host = chatOf()
    const { press, page } = await panel('thh', host)
    host.customer = 'wmB' as typeof host.customer
    await press('Enter')
    expect(host.taken).toEqual([])
    expect(page.text()).toContain('聊天已切到别的客户')
  })
})

describe('when the chat refuses', () => {
  test('the words stay, the reason is told, and copy and retry are offered', async () => {
    let refuse = true
    const host = chatOf(async () => {
      if (refuse) throw new HostError('no_permission', 'sendChatMessage:fail no permission')
    })
    const { press, page, sends } = await panel('thh', host)
    await press('Enter')
    expect(page.get('.sel').text()).toContain('李姐，7 天内都可以退换')
    expect(page.get('.sel').text()).toContain('没发出去：应用缺少「客户联系」权限')
    expect(page.findAll('.acts button').map((b) => b.text())).toEqual(['复制', '改一下', '重试'])
    refuse = false
    await page.get('.btn.send').trigger('click')
    await flushPromises()
    expect(host.taken).toHaveLength(1)
    expect(sends().map((sent) => sent['outcome'])).toEqual(['failed', 'ok'])
    expect(sends()[0]).toMatchObject({ reason: 'no_permission: sendChatMessage:fail no permission' })
  })

  test('a library that does not load offers a retry that works', async () => {
    let down = true
    const load = server.answers['get /api/replies']!
    server.answers['get /api/replies'] = (input) => {
      if (down) throw new Error('down')
      return load(input)
    }
    const { page } = await panel('')
    down = false
    await page.get('[role=alert] button').trigger('click')
    await flushPromises()
    expect(page.text()).toContain('退换货流程')
  })
})

describe('one’s own replies', () => {
  test('a search without result leads to a reply of one’s own, which is there at once', async () => {
    server.answers['post /api/replies'] = (words: { title: string; parts: Reply['parts'] }) =>
      replyWith({ scope: 'personal', ...words })
    const { page } = await panel('改裤脚')
    expect(page.text()).toContain('没找到「改裤脚」')
    await page.get('.empty button').trigger('click')
    await vi.waitFor(() => expect(page.find('form textarea').exists()).toBe(true), 8_000)
    expect((page.get('form input').element as HTMLInputElement).value).toBe('改裤脚')
    await page.get('form textarea').setValue('裤脚免费改')
    await page.get('form').trigger('submit')
    await flushPromises()
    expect(page.get('[role=row][aria-selected=true]').text()).toContain('裤脚免费改')
  })

  test('a reply with a variable that does not exist is not saved', async () => {
    const { page } = await panel('改裤脚')
    await page.get('.empty button').trigger('click')
    await vi.waitFor(() => expect(page.find('form textarea').exists()).toBe(true), 8_000)
    await page.get('form textarea').setValue('{{称乎}}好')
    await page.get('form').trigger('submit')
    await flushPromises()
    expect(page.text()).toContain('没有「称乎」这个变量')
    expect(server.to('post /api/replies')).toEqual([])
  })

  test('deleting asks first', async () => {
    const mine = replyWith({ scope: 'personal', title: '我的' })
    server.answers['get /api/replies'] = () => ({ folders: [], replies: [mine] })
    server.answers['delete /api/replies/:replyId'] = () => ({ ok: true })
    const { page } = await panel('')
    await page.get('[aria-label="改我的话术：我的"]').trigger('click')
    await vi.waitFor(() => expect(page.find('form').exists()).toBe(true), 8_000)
    await page.get('.btn.bad').trigger('click')
    expect(server.to('delete /api/replies/:replyId')).toEqual([])
    await page.get('[role=alertdialog] .btn.bad').trigger('click')
    await flushPromises()
    expect(server.to('delete /api/replies/:replyId')).toEqual([{ replyId: mine.id }])
    expect(page.text()).toContain('这里还没有话术')
  })
})
