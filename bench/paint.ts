import { type Browser, type BrowserContext, chromium } from '@playwright/test'
import { findBrowser } from '../scripts/browser.ts'
import { startDemo } from './lib/demo.ts'
import { type Figures, median, round } from './lib/table.ts'

const UA =
  'Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/107.0.5304.110 Safari/537.36 Language/zh ColorScheme/Light wxwork/5.0.10 (MicroMessenger/6.2) WindowsWechat'
const RUNS = 7
const NETWORKS = {
  'slow 4G, CPU ÷4': { latency: 150, downKbps: 1_600, upKbps: 750, cpu: 4 },
  'fast 4G': { latency: 60, downKbps: 9_000, upKbps: 1_500, cpu: 1 },
}

/** From the tap (navigation start) to the frame that shows the customer's name, through a pretend bridge of 80 + 30 ms. Median of 7. */
export async function measure(): Promise<Figures[]> {
  const demo = await startDemo()
  const found = await findBrowser()
  const browser = await chromium.launch({ executablePath: found.executablePath, args: found.args })
  try {
    const rows = []
    for (const [name, network] of Object.entries(NETWORKS)) {
      const cold: number[] = []
      const warm: number[] = []
      for (let run = 0; run < RUNS; run++) {
        const context = await memberContext(browser, demo)
        cold.push(await open(context, demo, network))
        warm.push(await open(context, demo, network))
        await context.close()
      }
      rows.push({ network: name, 'cold ms': round(median(cold)), 'warm ms': round(median(warm)) })
    }
    return [{ name: 'paint', about: 'navigation start → name painted, ms (median of 7)', rows }]
  } finally {
    await browser.close()
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
    const seen = () => {
      if (!document.querySelector('h1')?.textContent?.includes(name)) return
      watch.disconnect()
      requestAnimationFrame(() => setTimeout(() => Object.assign(window, { paintedAt: performance.now() })))
    }
    const watch = new MutationObserver(seen)
    watch.observe(document, { childList: true, subtree: true, characterData: true })
  }, demo.customerName)
  return context
}

async function open(context: BrowserContext, demo: Demo, n: (typeof NETWORKS)['fast 4G']): Promise<number> {
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('Network.enable')
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: n.latency,
    downloadThroughput: (n.downKbps * 1000) / 8,
    uploadThroughput: (n.upKbps * 1000) / 8,
  })
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: n.cpu })
  await page.goto(`${demo.origin}/sidebar`, { waitUntil: 'commit' })
  const painted = await page.waitForFunction(() => (window as { paintedAt?: number }).paintedAt, undefined, {
    polling: 20,
  })
  const at = (await painted.jsonValue()) ?? Number.NaN
  await page.waitForLoadState('networkidle')
  await page.close()
  return at
}
