import type { Options } from 'postgres'
import type { DatabaseTarget } from '../db/client.ts'

export interface StatementCounter {
  target: DatabaseTarget
  /** The statements sent since the last call of `take`. */
  take(): string[]
}

/** Listens to every statement that pools on `target` send; what postgres.js asks for itself when it connects is left out. */
export function countStatements(target: DatabaseTarget): StatementCounter {
  let seen: string[] = []
  const debug = (_connection: number, query: string) => {
    if (!query.includes('pg_catalog.pg_type')) seen.push(query)
  }
  return {
    target: { ...(typeof target === 'string' ? optionsOf(target) : target), debug },
    take: () => {
      const taken = seen
      seen = []
      return taken
    },
  }
}

function optionsOf(url: string): Options<Record<string, never>> {
  const { hostname, port, pathname, username, password } = new URL(url)
  const login = { user: decodeURIComponent(username), password: decodeURIComponent(password) }
  return { host: hostname, port: Number(port || 5432), database: pathname.slice(1), ...login }
}
