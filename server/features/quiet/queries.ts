import type { Quiet } from '#shared/quiet.ts'
import { run, type Runner } from '#server/db/json.ts'

const SELECT = 'select from_minute as "from", until_minute as until from quiet_hours'

/** null: never quiet; undefined: nobody has chosen. */
export async function selectQuiet(sql: Runner): Promise<Quiet | null | undefined> {
  const [row] = await run<{ from: number | null; until: number | null }>(sql, SELECT, [])
  if (!row) return undefined
  return row.from === null || row.until === null ? null : { from: row.from, until: row.until }
}

const SAVE = `
  insert into quiet_hours (id, from_minute, until_minute, saved_at) values (true, $1, $2, $3::timestamptz)
  on conflict (id) do update set from_minute = excluded.from_minute, until_minute = excluded.until_minute, saved_at = excluded.saved_at`

export async function writeQuiet(sql: Runner, quiet: Quiet | null, now: Date): Promise<void> {
  await run(sql, SAVE, [quiet?.from ?? null, quiet?.until ?? null, now])
}
