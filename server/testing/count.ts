import type { Options, Sql } from 'postgres'
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

interface PlanNode {
  'Relation Name'?: string
  'Actual Rows'?: number
  'Actual Loops'?: number
  'Rows Removed by Filter'?: number
  Plans?: PlanNode[]
}

/** How many rows of a table a statement touches when it runs, found or thrown away: the honest measure of what it costs. */
export async function rowsRead(
  sql: Sql,
  table: string,
  statement: string,
  parameters: (string | number | boolean | null)[],
): Promise<number> {
  const [row] = await sql.unsafe<{ 'QUERY PLAN': { Plan: PlanNode }[] }[]>(
    `explain (analyze, format json) ${statement}`,
    parameters,
  )
  const walk = (node: PlanNode): number => {
    const found =
      node['Relation Name'] === table ? (node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0) : 0
    return found * (node['Actual Loops'] ?? 1) + (node.Plans ?? []).reduce((sum, child) => sum + walk(child), 0)
  }
  return walk(row!['QUERY PLAN'][0]!.Plan)
}
