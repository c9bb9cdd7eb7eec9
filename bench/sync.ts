import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openOwnerPool } from '../server/db/client.ts'
import { startEmbeddedPostgres } from '../server/db/embedded.ts'
import { migrateDatabase } from '../server/db/migrate.ts'
import { advance } from '../server/features/sync/queries.ts'
import { storeTies } from '../server/features/sync/store.ts'
import type { RemoteTie } from '../server/wecom/port.ts'
import type { Options } from './run.ts'
import { type Figures, round } from './lib/table.ts'

const PAGE = 100
const AT_ONCE = 4

/** How fast the database takes what a sync brings, in WeCom's pages of a hundred, by as many workers as a process runs. */
export async function measure({ small }: Options): Promise<Figures[]> {
  const customers = small ? 10_000 : 1_000_000
  const dataDir = mkdtempSync(join(tmpdir(), 'pangbai-bench-'))
  const postgres = await startEmbeddedPostgres({ dataDir })
  const sql = openOwnerPool(postgres.target, AT_ONCE)
  try {
    await migrateDatabase(postgres.target)
    const rows = []
    for (const [state, remark] of [
      ['all new', '初次'],
      ['nothing changed', '初次'],
      ['every remark changed', '改过'],
    ] as const) {
      const began = performance.now()
      const asked = new Date()
      let next = 0
      let most = 0
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          while (next < customers) {
            const from = next
            next += PAGE
            await sql.begin(async (tx) => {
              await storeTies(tx, page(from, remark), asked, false)
              await advance(tx, '0', '', { cursor: String(next), customers: PAGE, differences: 0 })
            })
            most = Math.max(most, process.memoryUsage.rss())
          }
        }),
      )
      const seconds = (performance.now() - began) / 1000
      rows.push({
        state,
        'customers/s': round(customers / seconds),
        seconds: round(seconds, 1),
        'memory MB': round(most / 1e6),
      })
    }
    return [{ name: 'sync', about: `${customers} customers stored in pages of ${PAGE}, ${AT_ONCE} at a time`, rows }]
  } finally {
    await sql.end()
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function page(from: number, remark: string): RemoteTie[] {
  return Array.from({ length: PAGE }, (_, i) => ({
    customer: {
      id: `wmBench${from + i}`,
      name: `客户${from + i}`,
      type: 1,
      gender: (from + i) % 3,
      avatar: 'https://wx.qlogo.cn/mmhead/bench/0',
      unionId: null,
      corpName: null,
      position: null,
    },
    follow: {
      userId: `member${Math.floor(from / 1000)}`,
      remark: `${remark}${from + i}`,
      description: '',
      company: '',
      phones: ['13800138000'],
      addWay: 1,
      state: null,
      addedAt: new Date(1_760_000_000_000),
      tagIds: [`t${i % 60}`, `t${i % 53}`],
      personalTags: [],
    },
  }))
}
