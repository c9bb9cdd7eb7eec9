import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type DatabaseTarget, openOwnerPool } from '../client.ts'
import { baseName, basesOf } from './archive.ts'

/** What a copy must not hold: the running server's own, and what the archive brings. Folders are made anew, empty. */
const NOT_COPIED = new Set(['postmaster.pid', 'postmaster.opts'])
const EMPTIED = /^(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)(\/|$)/

/**
 * Copies a running cluster's folder, by Postgres' own backup protocol (pg_backup_start … pg_backup_stop): consistent together with the
 * log archived meanwhile, for which it waits. Answers the folder of the copy.
 */
export async function baseBackup(target: DatabaseTarget, backupDir: string, now: Date): Promise<string> {
  const name = baseName(now)
  const to = join(basesOf(backupDir), name)
  const sql = openOwnerPool(target, 1) // one session from start to stop
  try {
    const [found] = await sql<{ data: string; archiving: string }[]>`
      select current_setting('data_directory') as data, current_setting('archive_mode') as archiving`
    if (found?.archiving !== 'on')
      throw new Error('没有开启归档：设置 BACKUP_DIR 后重新启动。 Set BACKUP_DIR and start again.')
    await sql`select pg_backup_start(${name}, true)`
    copyTree(found.data, to)
    const [stopped] = await sql<{ labelfile: string; spcmapfile: string }[]>`select * from pg_backup_stop()`
    writeFileSync(join(to, 'backup_label'), stopped!.labelfile)
    if (stopped!.spcmapfile.trim()) writeFileSync(join(to, 'tablespace_map'), stopped!.spcmapfile)
    return to
  } finally {
    await sql.end({ timeout: 4 })
  }
}

/** Files that vanish while they are copied are the log's to bring back. */
function copyTree(from: string, to: string, at = ''): void {
  mkdirSync(join(to, at), { recursive: true, mode: 0o700 })
  for (const entry of readdirSync(join(from, at), { withFileTypes: true })) {
    const path = join(at, entry.name)
    if (NOT_COPIED.has(path)) continue
    if (entry.isDirectory()) {
      if (EMPTIED.test(path)) mkdirSync(join(to, path), { recursive: true, mode: 0o700 })
      else copyTree(from, to, path)
    } else if (!EMPTIED.test(path)) {
      try {
        copyFileSync(join(from, path), join(to, path))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      }
    }
  }
  if (at === '') mkdirSync(join(to, 'pg_wal/archive_status'), { recursive: true, mode: 0o700 })
}
