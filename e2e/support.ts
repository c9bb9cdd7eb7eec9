import { type FrameLocator, type Page, test as base } from '@playwright/test'

/** Who the tests play, from the demo shop. */
export const REP = 'LinXiaoYu'

export interface ChatOptions {
  member?: string
  customer?: string
  device?: 'windows' | 'mac' | 'ios' | 'android' | 'wechat' | 'plain' | 'old'
  entry?: string
  sendMode?: 'direct' | 'composer' | 'confirm'
  bridge?: 'early' | 'late' | 'silent' | 'never'
  scheme?: 'light' | 'dark'
  lang?: 'zh' | 'en'
  sb?: number
}

interface SimulatedClient {
  messages: { msgtype: string; body: Record<string, unknown> }[]
  calls: { t: string; name?: string }[]
  faults: Record<string, unknown>
  switchChat(next: { externalUserid: string; reload?: boolean }): Promise<void> | void
}

/** Opens the pretend WeCom with a conversation, and gives the sidebar's frame. */
export async function openChat(page: Page, options: ChatOptions = {}): Promise<FrameLocator> {
  const query = new URLSearchParams({ member: REP, ...(options as Record<string, string>) })
  await page.goto(`/__sim/?${query}`)
  return page.frameLocator('iframe')
}

/** Signs in as a browser at a desk does, through WeCom's own page. */
export async function openDesk(page: Page, who: string, at = ''): Promise<void> {
  await page.goto('/auth/login?return=%2Fdesk')
  await page.goto(`${page.url()}&as=${who}`)
  await page.goto(`/desk${at && `#/${at}`}`)
  await page.getByRole('navigation').waitFor()
}
/** What reached the chat, as the client recorded it. */
export const handedOver = (page: Page): Promise<SimulatedClient['messages']> =>
  page.evaluate(() => (window as unknown as { __sim: SimulatedClient }).__sim.messages)

/** Makes the client answer an SDK call with a raw reply, or not at all ('hang'). */
export const faultApi = (page: Page, api: string, reply: object | 'hang'): Promise<void> =>
  page.evaluate(([name, raw]) => void ((window as unknown as { __sim: SimulatedClient }).__sim.faults[name] = raw), [
    api,
    reply,
  ] as const)

export const switchChat = (page: Page, externalUserid: string, reload = true): Promise<void> =>
  page.evaluate(
    async ([id, again]) =>
      void (await (window as unknown as { __sim: SimulatedClient }).__sim.switchChat({
        externalUserid: id,
        reload: again,
      })),
    [externalUserid, reload] as const,
  )

interface Conversation {
  externalUserid: string
  name: string
  remark: string
}

/** The control API of the pretend WeCom: faults, changes made "in WeCom", what it was asked. */
export interface Wecom {
  conversations(userid?: string): Promise<Conversation[]>
  fault(fault: { path?: string; errcode?: number; times?: number; latencyMs?: number; reset?: true }): Promise<void>
  unavailable(on: boolean): Promise<void>
  calls(): Promise<{ path: string; body?: unknown }[]>
  /** A colleague of the pretend kind changes a customer in the client. */
  edit(change: { userid: string; externalUserid: string; remark?: string; tagIds?: string[] }): Promise<void>
}

/** A test with the pretend WeCom at hand; every fault is taken back afterwards. */
export const test = base.extend<{ wecom: Wecom }>({
  wecom: async ({ request }, use) => {
    const api = '/__sim/api'
    await use({
      conversations: async (userid = REP) => (await request.get(`${api}/conversations?userid=${userid}`)).json(),
      fault: async (fault) => void (await request.post(`${api}/faults`, { data: fault })),
      unavailable: async (on) => void (await request.post(`${api}/unavailable`, { data: { on } })),
      edit: async (change) => void (await request.post(`${api}/events/customers/edit`, { data: change })),
      calls: async () => (await request.get(`${api}/calls`)).json(),
    })
    await request.delete(`${api}/faults`)
    await request.post(`${api}/unavailable`, { data: { on: false } })
  },
})

export { expect } from '@playwright/test'
