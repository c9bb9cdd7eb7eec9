import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres, { type Options, type Sql } from 'postgres'

export type Db = PostgresJsDatabase
/** Where a database is: a URL, or postgres.js options (the embedded one listens on a socket). */
export type DatabaseTarget = string | Options<Record<string, never>>

/** A pool of postgres.js connections. Opening is lazy: nothing is sent before the first query. */
export function openPool(target: DatabaseTarget, max: number): Sql {
  const options = { max, onnotice: () => undefined, connection: { application_name: 'pangbai' } }
  return typeof target === 'string' ? postgres(target, options) : postgres({ ...target, ...options })
}

/** Two pools on one database: a hot one the size of the machine's share for opening cards, another for everything else. */
export function connect(target: DatabaseTarget): { db: Db; sql: Sql; hot: Sql; close: () => Promise<void> } {
  const sql = openPool(target, 8)
  const hot = openPool(target, 2)
  return {
    db: drizzle(sql, { casing: 'snake_case' }),
    sql,
    hot,
    close: async () => void (await Promise.all([sql.end({ timeout: 4 }), hot.end({ timeout: 4 })])),
  }
}
