import type { Sql } from 'postgres'
import { wecomEnv } from '#server/testing/wecom-env.ts'
import type { Simulator } from '../../simulator/start.ts'

/** The settings with which a node speaks to this pretend WeCom, on this database. */
export function settingsFor(pretend: Simulator, databaseUrl: string): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: pretend.origin,
    SESSION_SECRET: 'nodes-nodes-nodes-nodes-nodes-nodes',
    ...wecomEnv(pretend.settings),
    LOG_LEVEL: 'error',
  }
}

/** Until the first sync has read everybody. */
export async function firstSynced(sql: Sql): Promise<void> {
  for (;;) {
    const [run] = await sql`select 1 from sync_runs where kind = 'full' and finished_at is not null`
    if (run) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
