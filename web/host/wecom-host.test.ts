import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Boot } from './boot.ts'
import { wecomHost } from './wecom-host.ts'

const sign = (nonceStr: string) => ({ timestamp: 1, nonceStr, signature: 's' })
const boot: Boot = {
  corpId: 'ww1',
  agentId: '1000002',
  me: { userId: 'rep-a', name: '甲', storeName: null },
  signature: {
    corpId: 'ww1',
    agentId: '1000002',
    url: 'http://app.test/sidebar',
    agent: sign('agent'),
    corp: sign('corp'),
  },
  serverTime: '2026-01-05T01:00:00Z',
}

/** An SDK as the client would answer it; each function may be replaced. */
function sdk(more: object = {}) {
  return {
    env: { isWeCom: true, isWeChat: false },
    register: vi.fn(),
    getContext: vi.fn(async () => ({ entry: 'single_chat_tools', errMsg: '', errCode: 0 })),
    getCurExternalContact: vi.fn(async () => ({ userId: 'wmA', errMsg: '', errCode: 0 })),
    sendChatMessage: vi.fn(async () => ({ errMsg: '', errCode: 0 })),
    ...more,
  }
}
const hostOn = (client: ReturnType<typeof sdk>, begun?: Parameters<typeof wecomHost>[1]) =>
  wecomHost(boot, begun, async () => client as never)

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('the page’s own signature is given to the SDK at once, without a request', async () => {
  const client = sdk()
  await hostOn(client).currentCustomer()
  const options = client.register.mock.calls[0]?.[0] as {
    getAgentConfigSignature: (url: string) => unknown
    agentId: string
  }
  expect(options.agentId).toBe('1000002')
  expect(options.getAgentConfigSignature('http://app.test/sidebar')).toEqual(sign('agent'))
})

test('what the page’s script already knows is used once; later the client is asked again', async () => {
  const client = sdk()
  const context = Promise.resolve({ entry: 'single_chat_tools', customerId: 'wmEarly' })
  const host = hostOn(client, { context, card: Promise.resolve(null) })
  expect(await host.currentCustomer()).toBe('wmEarly')
  expect(client.register).not.toHaveBeenCalled()
  expect(await host.currentCustomer()).toBe('wmA')
})

test('a client that never answers is given up within five seconds', async () => {
  const client = sdk({ getContext: () => new Promise(() => undefined) })
  const answer = hostOn(client)
    .currentCustomer()
    .catch((error: unknown) => error)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(await answer).toMatchObject({ kind: 'timeout' })
})

test('outside WeCom nothing is asked of the SDK', async () => {
  const client = sdk({ env: { isWeCom: false, isWeChat: false } })
  await expect(hostOn(client).currentCustomer()).rejects.toMatchObject({ kind: 'outside' })
  expect(client.register).not.toHaveBeenCalled()
})

test.each(['group_chat_tools', 'normal', 'something_new'])('in %s there is no customer', async (entry) => {
  const client = sdk({ getContext: async () => ({ entry }) })
  await expect(hostOn(client).currentCustomer()).rejects.toMatchObject({ kind: 'wrong_entry' })
  expect(client.getCurExternalContact).not.toHaveBeenCalled()
})

test('an answer that says ok and names nobody is not believed', async () => {
  const client = sdk({ getCurExternalContact: async () => ({}) })
  await expect(hostOn(client).currentCustomer()).rejects.toMatchObject({ kind: 'wrong_entry' })
})

test('a call the SDK aborted because the address changed is made once more', async () => {
  const getContext = vi
    .fn()
    .mockRejectedValueOnce(new Error('SDK Error: Aborted'))
    .mockResolvedValue({ entry: 'single_chat_tools' })
  expect(await hostOn(sdk({ getContext })).currentCustomer()).toBe('wmA')
  expect(getContext).toHaveBeenCalledTimes(2)
})

test('a send that does not come back is never sent again by itself', async () => {
  const sendChatMessage = vi.fn(() => new Promise(() => undefined))
  const answer = hostOn(sdk({ sendChatMessage }))
    .send({ type: 'text', text: '您好' })
    .catch((error: unknown) => error)
  await vi.advanceTimersByTimeAsync(20_000)
  expect(await answer).toMatchObject({ kind: 'timeout' })
  expect(sendChatMessage).toHaveBeenCalledTimes(1)
})

test('each kind of part goes out in the client’s own words', async () => {
  const client = sdk()
  const host = hostOn(client)
  await host.send({ type: 'image', mediaId: 'm1' })
  await host.send({ type: 'link', url: 'https://a.test', title: '题', description: '述', imageUrl: '' })
  expect(client.sendChatMessage.mock.calls.map((call) => (call as unknown[])[0])).toEqual([
    { msgtype: 'image', image: { mediaid: 'm1' } },
    { msgtype: 'news', news: { link: 'https://a.test', title: '题', desc: '述', imgUrl: '' } },
  ])
})

test.each([
  [
    { type: 'file', mediaId: 'm1' },
    { msgtype: 'file', file: { mediaid: 'm1' } },
  ],
  [
    { type: 'video', mediaId: 'm2' },
    { msgtype: 'video', video: { mediaid: 'm2' } },
  ],
  [
    {
      type: 'miniprogram',
      appid: 'wx1',
      title: '退换货申请',
      page: 'pages/return.html',
      imageUrl: 'https://a.test/a.png',
    },
    {
      msgtype: 'miniprogram',
      miniprogram: { appid: 'wx1', title: '退换货申请', page: 'pages/return.html', imgUrl: 'https://a.test/a.png' },
    },
  ],
] as const)('%o is handed over in WeCom’s own shape', async (part, message) => {
  const client = sdk()
  await hostOn(client).send(part)
  expect(client.sendChatMessage.mock.calls[0]).toEqual([message])
})
