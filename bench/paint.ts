import { type Browser, type BrowserContext, chromium } from '@playwright/test'
import { findBrowser } from '../scripts/browser.ts'
import { startDemo } from './lib/demo.ts'
import { startFloor } from './lib/floor-page.ts'
import { type Figures, median, round } from './lib/table.ts'

const UA =
  'Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/107.0.5304.110 Safari/537.36 Language/zh ColorScheme/Light wxwork/5.0.10 (MicroMessenger/6.2) WindowsWechat'
const RUNS = 7
const NETWORKS = {
  'slow 4G, CPU ÷4': { latency: 150, downKbps: 1_600, upKbps: 750, cpu: 4 },
  'fast 4G': { latency: 60, downKbps: 9_000, upKbps: 1_500, cpu: 1 },
}

/**
 * From the tap (navigation start) to the frame that shows the customer's name and to the one that shows the whole card, through a
 * pretend bridge of 80 + 30 ms, in a web view that is already running. Median of 7, beside the least a page can do here.
 */
export async function measure(): Promise<Figures[]> {
  const demo = await startDemo({ direct: true })
  const floor = await startFloor(demo.customerName)
  const found = await findBrowser()
  const browser = await chromium.launch({ executablePath: found.executablePath, args: found.args })
  const rows = []
  try {
    for (const [network, n] of Object.entries(NETWORKS)) {
      const runs: Record<'cold' | 'warm', { floor: number; name: number; card: number }[]> = { cold: [], warm: [] }
      for (let run = 0; run < RUNS; run++) {
        const context = await memberContext(browser, demo)
        const sidebar = () => open(context, demo.origin, '/sidebar', n)
        const least = async (query: string) => (await open(context, floor.origin, `/${query}`, n)).name
        runs.cold.push({ floor: await least('?card'), ...(await sidebar()) })
        runs.warm.push({ floor: await least(''), ...(await sidebar()) })
        await context.close()
      }
      for (const [state, times] of Object.entries(runs)) {
        const of = (what: 'floor' | 'name' | 'card') => round(median(times.map((time) => time[what])))
        rows.push({
          network,
          state,
          'name ms': of('name'),
          'whole card ms': of('card'),
          'least possible ms': of('floor'),
        })
      }
    }
    return [{ name: 'paint', about: 'navigation start → painted, ms (median of 7)', rows }]
  } finally {
    await browser.close()
    floor.close()
    await demo.close()
  }
}

type Demo = Awaited<ReturnType<typeof startDemo>>

/** A browser of its own with a signed-in member and an empty cache. */
async function memberContext(browser: Browser, demo: Demo): Promise<BrowserContext> {
  const context = await browser.newContext({ userAgent: UA, viewport: { width: 360, height: 640 }, bypassCSP: true })
  await context.addCookies([{ name: 'wwsim_member', value: demo.userid, url: demo.origin }])
  const page = await context.newPage()
  await page.goto(`${demo.origin}/auth/login?return=/healthz`)
  await page.close()
  await context.addInitScript((customer) => {
    const answers: Record<string, [number, object]> = {
      agentConfig: [80, { err_msg: 'agentConfig:ok' }],
      getContext: [30, { err_msg: 'getContext:ok', entry: 'single_chat_tools' }],
      getCurExternalContact: [30, { err_msg: 'getCurExternalContact:ok', userId: customer }],
    }
    Object.assign(window, {
      WeixinJSBridge: {
        invoke(name: string, _params: object, done?: (res: object) => void) {
          const [ms, res] = answers[name] ?? [10, { err_msg: `${name}:ok` }]
          setTimeout(() => done?.(res), ms)
        },
        on() {
          return undefined
        },
      },
    })
  }, demo.customerId)
  await context.addInitScript((name) => {
    const at: { name?: number; card?: number } = Object.assign(window, { paintedAt: {} }).paintedAt
    const afterFrame = (what: 'name' | 'card') =>
      requestAnimationFrame(() => setTimeout(() => (at[what] ??= performance.now())))
    const look = () => {
      if (!document.querySelector('h1')?.textContent?.includes(name)) return
      afterFrame('name')
      if (document.querySelector('.dock')) afterFrame('card')
    }
    new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true })
  }, demo.customerName)
  return context
}

/** Opens a page as the client does and says when the frames came, ms since the tap. */
async function open(context: BrowserContext, origin: string, path: string, n: (typeof NETWORKS)['fast 4G']) {
  const page = await context.newPage()
  await page.goto(`${origin}/healthz`) // the client's web view is already running
  const cdp = await context.newCDPSession(page)
  await cdp.send('Network.enable')
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: n.latency,
    downloadThroughput: (n.downKbps * 1000) / 8,
    uploadThroughput: (n.upKbps * 1000) / 8,
  })
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: n.cpu })
  // Nothing is asked of the page before it is at rest: the question alone would cost a slow CPU 60 ms.
  await page.goto(origin + path, { waitUntil: 'networkidle' })
  const { name, card } = await page.evaluate(
    () => (window as unknown as { paintedAt: { name?: number; card?: number } }).paintedAt,
  )
  if (name === undefined) throw new Error(`the name was never painted on ${path}`)
  await page.close()
  return { name, card: card ?? Number.NaN }
}
