import 'fake-indexeddb/auto'
import { PiniaColada } from '@pinia/colada'
import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { reactive } from 'vue'
import type { Endpoint } from '#shared/endpoint.ts'
import { ApiError } from '#web/lib/api.ts'

type Asked = { path: string; input: unknown; key: string | undefined }
const asked: Asked[] = []
let answer: (asked: Asked) => unknown = () => ({})
vi.mock('#web/lib/api.ts', async (original) => ({
  ...(await original<object>()),
  call: async (e: Endpoint, input: unknown, _signal: unknown, key?: string) => {
    const one = { path: e.path, input, key }
    asked.push(one)
    return await answer(one)
  },
}))
const { useQueue } = await import('./queue.ts')
await import('./queue-work.ts')

/** A page of its own: the memory is new, the browser's storage is not. */
function openPage() {
  let queue: ReturnType<typeof useQueue> | undefined
  mount(
    {
      setup() {
        queue = useQueue()
        return () => null
      },
    },
    { global: { plugins: [createPinia(), PiniaColada] } },
  )
  return queue!
}
const about = { id: 'wmA', name: '李静文' }
const move = { customerId: 'wmA', move: crypto.randomUUID(), stage: 'won', reason: null } as never
const away = () => {
  throw new ApiError('offline', '')
}

beforeEach(async () => {
  asked.length = 0
  answer = () => ({ stage: null })
  const { kept } = await import('./queue-work.ts')
  for (const [key] of await kept.all()) await kept.drop(key)
})

test('with a network it is done at once, and nothing is left behind', async () => {
  const queue = openPage()
  expect(await queue.submit('rep-a', 'moveStage', move, about, '移动')).toEqual({
    queued: false,
    answer: { stage: null },
  })
  expect(queue.items).toEqual([])
  expect(asked[0]!.key).toMatch(/^[0-9a-f-]{36}$/)
})

test('without one it waits, and a page opened later sends it under the same key', async () => {
  answer = away
  const first = openPage()
  expect(await first.submit('rep-a', 'moveStage', move, about, '移动')).toEqual({ queued: true })
  expect(first.waiting).toMatchObject([{ label: '移动', about }])
  answer = () => ({ stage: null })
  const later = openPage()
  await later.wake('rep-a')
  await vi.waitFor(() => expect(later.items).toEqual([]))
  expect(new Set(asked.map((one) => one.key)).size).toBe(1)
})

test('what a page made reactive is kept like anything else', async () => {
  answer = away
  await openPage().submit(
    'rep-a',
    'createNote',
    { ...(move as object), files: reactive(['a']) } as never,
    reactive({ ...about }),
    '记',
  )
  const later = openPage()
  answer = () => new Promise(() => undefined)
  await later.wake('rep-a')
  expect(later.items).toMatchObject([{ input: { files: ['a'] } }])
})

test('another member’s page never sends it', async () => {
  answer = away
  await openPage().submit('rep-a', 'moveStage', move, about, '移动')
  const other = openPage()
  await other.wake('rep-b')
  expect(other.items).toEqual([])
  expect(asked).toHaveLength(1)
})

test('what was made later does not overtake what waits', async () => {
  answer = away
  const queue = openPage()
  await queue.submit('rep-a', 'moveStage', { ...(move as object), stage: '一' } as never, about, '一')
  answer = () => ({ stage: null })
  await queue.submit('rep-a', 'moveStage', { ...(move as object), stage: '二' } as never, about, '二')
  await vi.waitFor(() => expect(queue.items).toEqual([]))
  expect(asked.slice(1).map((one) => (one.input as { stage: string }).stage)).toEqual(['一', '二'])
})

test('a refusal goes to whoever asked; while nobody looks it stays in sight until the member decides', async () => {
  const queue = openPage()
  const refuse = () => {
    throw new ApiError('not_found', '没有找到这位客户')
  }
  answer = refuse
  await expect(queue.submit('rep-a', 'moveStage', move, about, '移动')).rejects.toThrow('没有找到')
  expect(queue.items).toEqual([])
  answer = away
  await queue.submit('rep-a', 'moveStage', move, about, '移动')
  answer = refuse
  await queue.flush()
  expect(queue.refused).toMatchObject([{ why: '没有找到这位客户' }])
  const later = openPage()
  await later.wake('rep-a')
  expect(later.refused).toHaveLength(1)
  await later.forget(later.refused[0]!.key)
  expect(later.items).toEqual([])
})

test('a page killed between the tap and the answer leaves it to the next, which does it once', async () => {
  const queue = openPage()
  answer = () => new Promise(() => undefined) // The page dies before this comes.
  void queue.submit('rep-a', 'moveStage', move, about, '移动')
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  answer = () => ({ stage: null })
  const later = openPage()
  await later.wake('rep-a')
  await vi.waitFor(() => expect(later.items).toEqual([]))
  expect(asked.map((one) => one.key)).toEqual([asked[0]!.key, asked[0]!.key])
})

test('signing out leaves nothing on the device', async () => {
  answer = away
  const queue = openPage()
  await queue.submit('rep-a', 'moveStage', move, about, '移动')
  await queue.clear()
  const { kept } = await import('./queue-work.ts')
  expect(await kept.all()).toEqual([])
})
