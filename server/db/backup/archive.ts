import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Sql } from 'postgres'
import { openHome } from '../embedded/home.ts'
import { handOver } from '../embedded/service-user.ts'

/** Inside a backup folder: the write-ahead log piece by piece, and base copies by the time they were begun. */
export const walOf = (backupDir: string): string => join(resolve(backupDir), 'wal')
export const basesOf = (backupDir: string): string => join(resolve(backupDir), 'base')

/** A minute of work is the most that is lost with the machine. */
const SECONDS = '60'

/** Settings with which the embedded Postgres keeps its log in a backup folder, which is made and given to Postgres' user. */
export function archiveSettings(
  dataDir: string,
  backupDir: string,
  log: (line: string) => void,
): Record<string, string> {
  const { user } = openHome(dataDir, log)
  for (const folder of [walOf(backupDir), basesOf(backupDir)]) mkdirSync(folder, { recursive: true })
  handOver(user, walOf(backupDir))
  const wal = quoted(walOf(backupDir))
  return {
    archive_mode: 'on',
    archive_timeout: SECONDS,
    // Never over what is there; whole or not at all.
    archive_command: `test ! -f ${wal}/%f && cp %p ${wal}/%f.part && mv ${wal}/%f.part ${wal}/%f`,
  }
}

/** What a base copy begun at a moment is called: their order is that of time. */
export const baseName = (at: Date): string => at.toISOString().replace(/[:.]/g, '-')

/** Until everything written so far stands in the archive. */
export async function archiveAll(sql: Sql): Promise<void> {
  const [row] = await sql<{ file: string }[]>`select pg_walfile_name(pg_switch_wal()) as file`
  while ((await sql`select 1 from pg_stat_archiver where last_archived_wal >= ${row!.file}`).length === 0)
    await pause(50)
}

/** For the shell Postgres runs the command with; a percent sign would be one of Postgres' own. */
export const quoted = (path: string): string => `'${path.replaceAll("'", `'\\''`).replaceAll('%', '%%')}'`
