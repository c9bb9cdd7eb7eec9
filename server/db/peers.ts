import type { Sql } from 'postgres'

const LOOK_MS = 10_000

/**
 * How many processes of ours share this database now, this one included. Looked up every ten seconds by the names of connections, so
 * nobody has to sign off; while the database is away the last answer stands.
 */
export function watchPeers(sql: Sql): { count: () => number; look: () => Promise<void>; close: () => void } {
  let known = 1
  const look = async () => {
    const [row] = await sql<{ n: number }[]>`
      select count(distinct application_name)::int as n from pg_stat_activity
      where datname = current_database() and application_name like 'pangbai %'`
    known = Math.max(1, row?.n ?? 1)
  }
  // A failed look leaves the last answer; that the database is away is told by everything else.
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_MS)
  timer.unref()
  return { count: () => known, look, close: () => clearInterval(timer) }
}
