import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Frame } from '@playwright/test'
import { findBrowser } from '../scripts/browser.ts'
import { startDemoProcess } from '../scripts/test/demo-process.ts'
import { type Figures, median, round } from './lib/table.ts'

const QUESTIONS = [
  '买回来不合适能退换吗',
  '今天下单几号能到',
  '可以开发票吗',
  '你们店在哪里',
  '会员积分怎么用',
  '有没有礼盒包装',
  '运费谁出',
  '这个怎么保养',
  '什么时候有货',
  '能不能便宜点',
]
const ROUNDS = 3

/** The ask box as the rep sees it: from Enter to the answers painted, through the whole demo in a browser. */
export async function measure(): Promise<Figures[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pangbai-bench-'))
  chmodSync(dataDir, 0o755) // under root Postgres is another user
  const demo = await startDemoProcess({ DATA_DIR: dataDir, LOG_LEVEL: 'warn' })
  const found = await findBrowser()
  const browser = await chromium.launch({ executablePath: found.executablePath, args: found.args })
  try {
    const page = await browser.newPage()
    await page.goto(`${demo.url}/__sim/?member=LinXiaoYu&customer=wmShopLiJingWen00000000000000001`)
    const side = page.frameLocator('iframe')
    await side.getByRole('tab', { name: '话术' }).click()
    await side.getByRole('button', { name: '问一问' }).first().click()
    const field = side.getByRole('textbox', { name: '客户怎么说的' })
    const frame = page.frames().find((one) => one.url().includes('/sidebar'))!
    const times: number[] = []
    for (const question of Array.from({ length: ROUNDS }, () => QUESTIONS).flat()) {
      await field.fill(question)
      const painted = timeToAnswers(frame)
      await field.press('Enter')
      times.push(await painted)
      await side.getByRole('button', { name: '清空' }).click()
    }
    times.sort((a, b) => a - b)
    const p95 = times[Math.floor(times.length * 0.95)] ?? 0
    const row = { questions: times.length, 'median ms': round(median(times)), 'p95 ms': round(p95), 'budget ms': 120 }
    return [{ name: 'asked', about: 'from Enter to the answers painted, the demo’s library', rows: [row] }]
  } finally {
    await browser.close()
    await demo.end('SIGTERM')
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Milliseconds between the next Enter and the frame in which an answer, or that there is none, stands. */
const timeToAnswers = (frame: Frame): Promise<number> =>
  frame.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let began = 0
        addEventListener('keydown', () => (began = performance.now()), { once: true, capture: true })
        const look = () => {
          const stands = document.querySelector('[role=grid]:not([hidden]) [role=rowgroup], .empty h2')
          if (began > 0 && stands) resolve(performance.now() - began)
          else requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
      }),
  )
