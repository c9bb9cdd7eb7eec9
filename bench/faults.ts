import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FAULTS } from '../scripts/faults/fault-proxy.ts'
import { startShopUnderFault } from '../scripts/faults/shop-under-fault.ts'
import { startEmbeddedPostgres } from '../server/db/embedded.ts'
import { migrateDatabase } from '../server/db/migrate.ts'
import type { Options } from './run.ts'
import { type Figures, round } from './lib/table.ts'

/** Cards read from our copy while the way to WeCom is broken in each way, and how long until everything that waited has arrived. */
export async function measure({ small }: Options): Promise<Figures[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pangbai-bench-'))
  chmodSync(dataDir, 0o755)
  const postgres = await startEmbeddedPostgres({ dataDir, settings: { max_connections: '100' } })
  await migrateDatabase(postgres.target)
  const shop = await startShopUnderFault(postgres.target)
  try {
    const changes = await shop.changes(small ? 10 : 60)
    const of = (share: number) => round(changes[Math.floor(changes.length * share)] ?? 0)
    const live = {
      changes: changes.length,
      'p50 ms': of(0.5),
      'p99 ms': of(0.99),
      'the open card asks every ms': 2_500,
    }
    const rows = []
    for (const fault of FAULTS) {
      shop.way.set(fault)
      const spell = await shop.live(small ? 2_000 : 20_000)
      shop.way.set('none')
      const reads = spell.reads.sort((a, b) => a - b)
      const at = (share: number) => round(reads[Math.floor(reads.length * share)] ?? 0, 1)
      rows.push({
        fault,
        reads: reads.length,
        'p50 ms': at(0.5),
        'p99 ms': at(0.99),
        'not a card': spell.notCards.length,
        'saved / of them waiting': `${spell.accepted.size} / ${spell.waiting}`,
        'drained after s': round(await shop.drained(spell), 1),
        differences: 0, // drained() throws while there is one
      })
    }
    return [
      { name: 'changes', about: 'from a change in WeCom until the API answers with it', rows: [live] },
      {
        name: 'faults',
        about: '50 cards a second while each fault lasts; writes here and changes in WeCom beside them',
        rows,
      },
    ]
  } finally {
    await shop.close()
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
