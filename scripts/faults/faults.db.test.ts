import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { startEmbeddedPostgres } from '#server/db/embedded.ts'
import { migrateDatabase } from '#server/db/migrate.ts'
import { FAULTS } from './fault-proxy.ts'
import { startShopUnderFault } from './shop-under-fault.ts'

/* `npm run test:faults` tries every fault there is, for longer; every other run the two that differ most. */
const LONG = process.env['FAULTS'] === 'long'
const SPELL_MS = LONG ? 10_000 : 2_000
const TRIED = LONG ? FAULTS : (['reset', 'black-hole'] as const)

const dataDir = mkdtempSync(join(tmpdir(), 'pangbai-faults-'))
chmodSync(dataDir, 0o755)
const settings = { max_connections: '100' }
let postgres = await startEmbeddedPostgres({ dataDir, settings })
await migrateDatabase(postgres.target)
const shop = await startShopUnderFault(postgres.target)

afterAll(async () => {
  await shop.close()
  await postgres.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

describe('between us and WeCom', () => {
  test.for(TRIED)(
    '%s: cards are read from our copy, what was saved arrives afterwards, once',
    { timeout: 180_000 },
    async (fault) => {
      shop.way.set(fault)
      const spell = await shop.live(SPELL_MS)
      shop.way.set('none')
      expect([fault, spell.notCards.slice(0, 3), spell.reads.length > 0]).toEqual([fault, [], true])
      expect([fault, spell.accepted.size > 0]).toEqual([fault, true])
      await shop.drained(spell)
    },
  )
})

test(
  'Postgres restarted under load: nothing that was acknowledged is lost, and it heals by itself',
  { timeout: 180_000 },
  async () => {
    const living = shop.live(SPELL_MS + 3_000)
    await pause(1_000)
    await postgres.stop()
    postgres = await startEmbeddedPostgres({ dataDir, settings })
    const spell = await living
    expect(spell.accepted.size).toBeGreaterThan(0)
    expect(spell.notCards.filter((why) => why !== '503')).toEqual([])
    const after = await shop.live(1_000)
    expect(after.notCards).toEqual([])
    await shop.drained({
      ...spell,
      accepted: new Map([...spell.accepted, ...after.accepted]),
      told: new Map([...spell.told, ...after.told]),
    })
  },
)
