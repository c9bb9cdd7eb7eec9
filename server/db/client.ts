import { randomBytes } from 'node:crypto'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres, { type Options, type Sql } from 'postgres'

export type Db = PostgresJsDatabase
/** Where a database is: a URL, or postgres.js options (the embedded one listens on a socket). */
export type DatabaseTarget = string | Options<Record<string, never>>

/** What this process is called among the connections of a database (`peers.ts`). */
const PROCESS = `pangbai ${randomBytes(4).toString('hex')}`

/** Whom the running product is to the database: it reads and writes rows, and owns nothing (`roles.ts`). */
export const APP_ROLE = 'pangbai_app'

/** A pool of postgres.js connections, whose clock is UTC. Opening is lazy: nothing is sent before the first query. */
export function openPool(target: DatabaseTarget, max: number, settings: Record<string, string> = {}): Sql {
  return openOwnerPool(target, max, { role: APP_ROLE, ...settings })
}

/** As the one who logs in: for migrations, which own the schema. */
export function openOwnerPool(target: DatabaseTarget, max: number, settings: Record<string, string> = {}): Sql {
  const options = {
    max,
    onnotice: () => undefined,
    connection: { application_name: PROCESS, TimeZone: 'UTC', ...settings },
  }
  if (typeof target !== 'string') return postgres({ ...target, ...options })
  return postgres(target, { ...options, ...socketOf(target) })
}

/** A Unix socket's folder in a URL, as `%2Frun%2Fpostgresql` for a host or `?host=/run/postgresql`: postgres.js reads neither. */
function socketOf(url: string): { host?: string } {
  const { hostname, searchParams } = new URL(url)
  const host = searchParams.get('host') ?? decodeURIComponent(hostname)
  return host.startsWith('/') ? { host } : {}
}

/** One statement, one plan: planning it anew for every customer would cost more than running it. */
export const PLANNED_ONCE = { plan_cache_mode: 'force_generic_plan', jit: 'off' }

/** Two pools on one database: a hot one the size of the machine's share for opening cards, another for everything else. */
export function connect(target: DatabaseTarget): { db: Db; sql: Sql; hot: Sql; close: () => Promise<void> } {
  const sql = openPool(target, 8)
  const hot = openPool(target, 2, PLANNED_ONCE)
  return {
    db: drizzle(sql, { casing: 'snake_case' }),
    sql,
    hot,
    close: async () => void (await Promise.all([sql.end({ timeout: 4 }), hot.end({ timeout: 4 })])),
  }
}
