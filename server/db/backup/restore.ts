import { appendFileSync, chmodSync, cpSync, existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openOwnerPool } from '../client.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../embedded.ts'
import { openHome } from '../embedded/home.ts'
import { handOver } from '../embedded/service-user.ts'
import { baseName, basesOf, quoted, walOf } from './archive.ts'

export interface RestoreOptions {
  backupDir: string
  /** Must not hold a database yet: nothing is ever restored over what is there. */
  dataDir: string
  /** The moment to come back to; without it, as far as the archive reaches. */
  at?: Date
  log?: (line: string) => void
}

/** Puts the newest base copy before `at` in place and lets Postgres play the archive up to there. Answers the running server. */
export async function restore({
  backupDir,
  dataDir,
  at,
  log = () => undefined,
}: RestoreOptions): Promise<EmbeddedPostgres> {
  const home = openHome(dataDir, log)
  if (existsSync(home.data))
    throw new Error(`${dataDir} 里已经有数据库，请换一个空文件夹。 There is a database already.`)
  const base = newestBefore(basesOf(backupDir), at)
  cpSync(join(basesOf(backupDir), base), home.data, { recursive: true })
  writeFileSync(join(home.data, 'recovery.signal'), '')
  appendFileSync(
    join(home.data, 'postgresql.auto.conf'),
    `\nrestore_command = ${inConf(`cp ${quoted(walOf(backupDir))}/%f %p`)}\n` +
      (at
        ? `recovery_target_time = '${at.toISOString().replace('Z', '+00')}'\nrecovery_target_action = 'promote'\n`
        : ''),
  )
  chmodSync(home.data, 0o700)
  handOver(home.user, home.data)
  const postgres = await startEmbeddedPostgres({ dataDir, log })
  const sql = openOwnerPool(postgres.target, 1)
  try {
    while ((await sql`select 1 where pg_is_in_recovery()`).length > 0) await pause(100)
  } finally {
    await sql.end({ timeout: 4 })
  }
  return postgres
}

function newestBefore(bases: string, at: Date | undefined): string {
  const name = readdirSync(bases)
    .filter((one) => at === undefined || one < baseName(at))
    .sort()
    .at(-1)
  if (name) return name
  throw new Error(`${bases} 里没有这个时间之前的备份。 No base copy from before that moment.`)
}

/** A text in Postgres' configuration file. */
const inConf = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
