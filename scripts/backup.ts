import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { settings } from '#server/config.ts'
import { archiveAll } from '#server/db/backup/archive.ts'
import { baseBackup } from '#server/db/backup/base.ts'
import { checksums } from '#server/db/backup/checksums.ts'
import { restore } from '#server/db/backup/restore.ts'
import { openOwnerPool } from '#server/db/client.ts'
import { startEmbeddedPostgres } from '#server/db/embedded.ts'

const USAGE = `用法 usage: npm run backup                             现在做一份基础备份（程序可以在运行） a base copy, now
           npm run backup -- --drill                   演练：恢复到临时文件夹并核对 restore elsewhere and compare
           npm run backup -- --restore DIR [--at TIME] 恢复到空的 DIR，到 TIME（ISO 8601）为止 point in time
  只用于内置数据库，要先设置 BACKUP_DIR 并启动过。外部 PostgreSQL 用它自己的备份。 For the embedded database, with BACKUP_DIR set.`

const { values } = parseArgs({
  options: {
    drill: { type: 'boolean' },
    restore: { type: 'string' },
    at: { type: 'string' },
    help: { type: 'boolean' },
  },
})
if (existsSync('.env')) process.loadEnvFile('.env')
const used = { BACKUP_DIR: true, DATA_DIR: true, DATABASE_URL: true } as const
const { BACKUP_DIR: backupDir, DATA_DIR: dataDir, DATABASE_URL } = settings.pick(used).parse(process.env)
const badTime = values.at !== undefined && Number.isNaN(Date.parse(values.at))
if (values.help || backupDir === undefined || DATABASE_URL !== undefined || badTime) {
  console.log(badTime ? `看不懂的时间 ${values.at}\n${USAGE}` : USAGE)
  process.exit(values.help ? 0 : 2)
}
if (values.restore !== undefined) await restoreTo(values.restore, backupDir)
else if (values.drill) await drill(backupDir)
else await copy(backupDir)

async function copy(to: string): Promise<void> {
  const postgres = await startEmbeddedPostgres({ dataDir })
  console.log(`备份在 copied to ${await baseBackup(postgres.target, to, new Date())}`)
  await postgres.stop()
}

async function restoreTo(folder: string, from: string): Promise<void> {
  const at = values.at === undefined ? {} : { at: new Date(values.at) }
  const postgres = await restore({ backupDir: from, dataDir: folder, ...at })
  await postgres.stop()
  console.log(`已恢复。用 DATA_DIR=${folder} npm start 启动。 Restored.`)
}

/** Brings a fresh copy back in a folder of its own and compares it with the living one, table by table. */
async function drill(from: string): Promise<void> {
  const began = performance.now()
  const live = await startEmbeddedPostgres({ dataDir })
  await baseBackup(live.target, from, new Date())
  const folder = mkdtempSync(join(tmpdir(), 'pangbai-drill-'))
  const owner = openOwnerPool(live.target, 1)
  const now = await checksums(owner)
  await archiveAll(owner)
  await owner.end()
  await live.stop()
  const back = await restore({ backupDir: from, dataDir: folder })
  const sql = openOwnerPool(back.target, 1)
  const then = await checksums(sql)
  await sql.end()
  await back.stop()
  rmSync(folder, { recursive: true, force: true })
  const changed = Object.keys(now).filter((table) => now[table] !== then[table])
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  if (changed.length === 0)
    return console.log(`${Object.keys(now).length} 张表一致，用时 ${seconds} 秒。 All tables equal.`)
  console.log(`不一致的表（演练期间有写入也会这样）：${changed.join('、')}。 Tables that differ.`)
  process.exitCode = 1
}
