import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { AssetId } from '#shared/ids.ts'
import { ApiError } from '#web/lib/api.ts'
import { HostError } from '#web/host/host.ts'
import { useToast } from '#web/ui/toast.ts'
import ReplyRow from './ReplyRow.vue'
import { cardWith, chatOf, open, replyWith, serverOf } from './testing.ts'

const server = serverOf({})
vi.mock('#web/lib/api.ts', async (original) => ({
  ...(await original<object>()),
  call: (...args: Parameters<typeof server.call>) => server.call(...args),
}))

const RECORD = 'post /api/customers/:customerId/sends'
const picture = {
  type: 'image' as const,
  assetId: '00000000-0000-4000-8000-00000000a55e' as AssetId,
  name: '尺码表',
  width: 2,
  height: 2,
}
const three = replyWith({ parts: [{ type: 'text', text: '{{称呼}}看图' }, picture, { type: 'text', text: '合适吗' }] })
let opened: ReturnType<typeof open>['page'] | undefined

function row(reply = three, host = chatOf()) {
  const { page, pinia } = open(ReplyRow, cardWith(), { reply }, host)
  opened = page
  const tap = async () => {
    await page.get('.btn.soft').trigger('click')
    await flushPromises()
  }
  return { page, tap, host, pinia }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  localStorage.clear()
  server.asked.length = 0
  server.answers[RECORD] = () => ({ sentAt: '2026-01-05T01:00:00Z' })
  server.answers['post /api/media/:assetId/wecom'] = () => ({ mediaId: 'media-1' })
})
afterEach(() => {
  opened?.unmount()
  vi.useRealTimers()
})

test('the parts of a reply go one after the other, a picture by its media id, each recorded', async () => {
  const { tap, host, page } = row()
  await tap()
  expect(host.taken).toEqual([
    { type: 'text', text: '李姐看图' },
    { type: 'image', mediaId: 'media-1' },
    { type: 'text', text: '合适吗' },
  ])
  expect(server.to(RECORD).map((sent) => [sent['part'], sent['partType'], sent['content'], sent['outcome']])).toEqual([
    [0, 'text', '李姐看图', 'ok'],
    [1, 'image', '尺码表', 'ok'],
    [2, 'text', '合适吗', 'ok'],
  ])
  expect(page.text()).toContain('已交给聊天')
})

test('two quick taps make one message, even when the first is through before the second', async () => {
  const { tap, host, page } = row(replyWith())
  void page.get('.btn.soft').trigger('click')
  void page.get('.btn.soft').trigger('click')
  await flushPromises()
  await tap()
  expect(host.taken).toHaveLength(1)
  vi.advanceTimersByTime(3_000)
  await tap()
  expect(host.taken).toHaveLength(2)
})

test('a part cancelled in the chat stops there; going on starts at that part', async () => {
  let cancel = true
  const host = chatOf(async (_, nth) => {
    if (cancel && nth === 1) throw new HostError('cancelled', 'sendChatMessage:cancel')
  })
  const { tap, page } = row(three, host)
  await tap()
  expect(host.taken).toHaveLength(1)
  expect(page.text()).toContain('停在第 2 条，共 3 条')
  expect(page.get('.btn.soft').text()).toBe('继续')
  cancel = false
  await tap()
  expect(host.taken.map((part) => part.type)).toEqual(['text', 'image', 'text'])
  expect(server.to(RECORD).map((sent) => `${String(sent['part'])} ${String(sent['outcome'])}`)).toEqual([
    '0 ok',
    '1 cancelled',
    '1 ok',
    '2 ok',
  ])
})

test('a picture the server cannot prepare fails in the server’s words and sends nothing after it', async () => {
  server.answers['post /api/media/:assetId/wecom'] = () => {
    throw new ApiError('wecom_refused', '图片超过 10MB')
  }
  const { tap, host, page } = row()
  await tap()
  expect(host.taken).toHaveLength(1)
  expect(page.text()).toContain('第 2 条没发出去')
})

test('a record the server could not take is delivered under the same key when the network is back', async () => {
  server.answers[RECORD] = () => {
    throw new ApiError('offline', 'network')
  }
  const { tap } = row(replyWith())
  await tap()
  const [first] = server.to(RECORD)
  expect(localStorage).toHaveLength(1)

  server.answers[RECORD] = () => ({ sentAt: '2026-01-05T01:00:00Z' })
  window.dispatchEvent(new Event('online'))
  await flushPromises()
  expect(server.to(RECORD).at(-1)).toEqual(first)
  expect(localStorage).toHaveLength(0)
})

test('a record that an earlier page left behind is delivered as soon as its member is back', async () => {
  const record = { key: '00000000-0000-4000-8000-000000000001', customerId: 'wmA', outcome: 'ok' }
  localStorage.setItem(`pangbai.sent.rep-a.${record.key}`, JSON.stringify({ at: 1, record }))
  localStorage.setItem(`pangbai.sent.rep-b.${record.key}`, JSON.stringify({ at: 1, record }))
  row(replyWith())
  await flushPromises()
  expect(server.to(RECORD)).toEqual([record])
  expect(Object.keys(localStorage)).toEqual([`pangbai.sent.rep-b.${record.key}`])
})

test('a record the server will never take is given up with a word, not silently', async () => {
  server.answers[RECORD] = () => {
    throw new ApiError('not_found', '没有找到')
  }
  const { tap, pinia } = row(replyWith())
  await tap()
  expect(localStorage).toHaveLength(0)
  expect(useToast(pinia).current?.text).toBe('有 1 条发送记录没能保存')
})

test('a server that is down is asked again by itself, less and less often', async () => {
  server.answers[RECORD] = () => {
    throw new ApiError('internal', 'down')
  }
  const { tap } = row(replyWith())
  await tap()
  await vi.advanceTimersByTimeAsync(60_000)
  const keys = server.to(RECORD).map((sent) => sent['key'])
  expect(keys.length).toBeGreaterThan(2)
  expect(keys.length).toBeLessThan(7)
  expect(new Set(keys).size).toBe(1)
})

test('without a network the row offers to copy', async () => {
  window.dispatchEvent(new Event('offline'))
  const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  const { tap, host, page } = row(replyWith())
  expect(page.get('.btn.soft').text()).toBe('复制')
  await tap()
  expect(written).toHaveBeenCalledWith('您好')
  expect(host.taken).toEqual([])
  window.dispatchEvent(new Event('online'))
  vi.restoreAllMocks()
})
