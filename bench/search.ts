import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium } from '@playwright/test'
import { build } from 'vite'
import { findBrowser } from '../scripts/browser.ts'
import { COMPANY } from '../scripts/demo/library/company.ts'
import { parseLibrary } from '../scripts/demo/library/parse.ts'
import { allReadings } from '../server/pinyin.ts'
import type * as search from '../web/features/replies/search.ts'
import type { Figures, Row } from './lib/table.ts'

const REPLIES = 5_000
/** Title, prefix, pinyin, initials, another reading, inside the text, full width, one letter wrong, single characters, emoji, nothing. */
const QUERIES = ['退换货', '退换', 'tuihuan', 'thh', 'tuihuah', '运费', 'ＶＩＰ', '礼', 'z', '🎁', '没有这样的词', 'zl']

/** Searching five thousand replies in a browser: what a keystroke costs, beside the budget of 50 ms. */
export async function measure(): Promise<Figures[]> {
  const dir = mkdtempSync(join(tmpdir(), 'pangbai-bench-'))
  const found = await findBrowser()
  const browser = await chromium.launch({ executablePath: found.executablePath, args: found.args })
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      build: {
        outDir: dir,
        target: 'chrome103',
        lib: {
          entry: resolve('web/features/replies/search.ts'),
          formats: ['iife'],
          name: 'search',
          fileName: 'search',
        },
      },
      resolve: { alias: { '#shared': resolve('shared') } },
    })
    const page = await browser.newPage()
    await page.addScriptTag({ content: readFileSync(join(dir, 'search.iife.js'), 'utf8') })
    const rows = (await page.evaluate(
      ([replies, queries]) => {
        const { indexReplies, searchReplies } = (window as never as { search: typeof search }).search
        const began = performance.now()
        const index = indexReplies(replies as never)
        const indexing = performance.now() - began
        const out: Row[] = [
          {
            query: '(making the index)',
            hits: replies.length,
            'median ms': round(indexing),
            'worst ms': round(indexing),
          },
        ]
        for (const query of queries) {
          const times = []
          let hits = 0
          for (let i = 0; i < 15; i++) {
            const start = performance.now()
            hits = searchReplies(index, query).length
            times.push(performance.now() - start)
          }
          times.sort((a, b) => a - b)
          out.push({ query, hits, 'median ms': round(times[7]!), 'worst ms': round(times[14]!) })
        }
        return out
        function round(ms: number) {
          return Math.round(ms * 10) / 10
        }
      },
      [libraryOf(), QUERIES] as const,
    )) as Row[]
    return [
      {
        name: 'search',
        about: `a keystroke over ${REPLIES} replies, in ${found.executablePath.split('/').at(-1)} (budget 50 ms)`,
        rows,
      },
    ]
  } finally {
    await browser.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

/** The demo's replies again and again, each with another number, as the server would send them. */
function libraryOf() {
  const company = parseLibrary(COMPANY)
  return Array.from({ length: REPLIES }, (_, i) => {
    const one = company[i % company.length]!
    const title = i < company.length ? one.title : `${one.title} ${i}`
    const parts = [{ type: 'text', text: `${one.text}${i}` }]
    const rest = {
      id: String(i),
      scope: 'company',
      folderId: null,
      uses: i % 7,
      teamUses: i % 11,
      favourite: false,
      lastUsedAt: null,
      validUntil: null,
    }
    return { ...rest, title, parts, ...allReadings(title) }
  })
}
