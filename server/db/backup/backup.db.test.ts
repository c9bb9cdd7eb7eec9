import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { openOwnerPool } from '../client.ts'
import { startEmbeddedPostgres } from '../embedded.ts'
import { migrateDatabase } from '../migrate.ts'
import { archiveAll, archiveSettings } from './archive.ts'
import { baseBackup } from './base.ts'
import { checksums } from './checksums.ts'
import { restore } from './restore.ts'

const root = mkdtempSync(join(tmpdir(), "pangbai-backup-it's-"))
chmodSync(root, 0o755)
const [dataDir, backupDir] = [join(root, 'data'), join(root, '备份')]
const live = await startEmbeddedPostgres({ dataDir, settings: archiveSettings(dataDir, backupDir, () => undefined) })
await migrateDatabase(live.target)
const sql = openOwnerPool(live.target, 1)
afterAll(async () => {
  await sql.end()
  await live.stop()
  rmSync(root, { recursive: true, force: true })
})

const add = (name: string) => sql`insert into customers (id, name, type) values (${`wm-${name}`}, ${name}, 1)`

test(
  'a shop comes back as it was at a moment, without the mistake made after it; every table is equal',
  { timeout: 120_000 },
  async () => {
    await add('before the copy')
    await baseBackup(live.target, backupDir, new Date())
    await add('after the copy')
    const then = await checksums(sql)
    const [moment] = await sql<{ at: Date }[]>`select clock_timestamp() as at`
    await pause(1_100)
    await sql`delete from customers`
    await archiveAll(sql)

    const back = await restore({ backupDir, dataDir: join(root, 'back'), at: new Date(moment!.at.getTime() + 500) })
    const restored = openOwnerPool(back.target, 1)
    expect(await checksums(restored)).toEqual(then)
    await restored`insert into customers (id, name, type) values ('wm-new', '继续用', 1)`
    await restored.end()
    await back.stop()
  },
)

test(
  'without a moment everything the archive holds comes back; nothing is restored over a database',
  { timeout: 120_000 },
  async () => {
    await add('the last')
    const now = await checksums(sql)
    await archiveAll(sql)
    const folder = join(root, 'latest')
    const back = await restore({ backupDir, dataDir: folder })
    const restored = openOwnerPool(back.target, 1)
    expect(await checksums(restored)).toEqual(now)
    await restored.end()
    await back.stop()
    await expect(restore({ backupDir, dataDir: folder })).rejects.toThrow('已经有数据库')
  },
)
