import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'
import type { CustomerId } from '#shared/ids.ts'
import { type Host, HostError } from '#web/host/host.ts'
import { useCurrent } from './current.ts'

beforeEach(() => setActivePinia(createPinia()))

/** A client whose answers the test releases one by one, in any order. */
function slowHost() {
  const asked: { answer: (id: string) => void; fail: (error: Error) => void }[] = []
  const host = {
    currentCustomer: () =>
      new Promise<CustomerId>((resolve, reject) =>
        asked.push({ answer: (id) => resolve(id as CustomerId), fail: reject }),
      ),
  } as unknown as Host
  return { host, asked }
}

test('a late answer about the previous chat is dropped', async () => {
  const { host, asked } = slowHost()
  const current = useCurrent()
  const [first, second] = [current.locate(host), current.locate(host)]
  asked[1]?.answer('wmSecond')
  await second
  asked[0]?.answer('wmFirst')
  await first
  expect(current.customerId).toBe('wmSecond')
})

test('a late failure about the previous chat does not take the next one down', async () => {
  const { host, asked } = slowHost()
  const current = useCurrent()
  const [first, second] = [current.locate(host), current.locate(host)]
  asked[1]?.answer('wmSecond')
  await second
  asked[0]?.fail(new HostError('no_permission', ''))
  await first
  expect([current.customerId, current.fault]).toEqual(['wmSecond', null])
})

test('a client that falls silent keeps the customer on screen; one that says no takes it away', async () => {
  const { host, asked } = slowHost()
  const current = useCurrent()
  const opened = current.locate(host)
  asked[0]?.answer('wmA')
  await opened
  const silent = current.locate(host)
  asked[1]?.fail(new HostError('timeout', ''))
  await silent
  expect(current.customerId).toBe('wmA')
  const left = current.locate(host)
  asked[2]?.fail(new HostError('wrong_entry', 'group_chat_tools'))
  await left
  expect([current.customerId, current.fault?.kind]).toEqual([null, 'wrong_entry'])
})

test('a draft waits with its customer while other chats are open', () => {
  const current = useCurrent()
  current.draftFor('wmA' as CustomerId, 'reply').value = '写到一半'
  expect(current.draftFor('wmB' as CustomerId, 'reply').value).toBe('')
  expect(current.draftFor('wmA' as CustomerId, 'reply').value).toBe('写到一半')
})
