import type { MaybeRow, Sql } from 'postgres'

/** A pool, or the transaction of one. */
export type Runner = Pick<Sql, 'unsafe'>

/**
 * SQL text that writes a timestamptz as the wire's Instant, microseconds kept, where it is a column of its own: postgres.js would make
 * a Date of it. Inside json Postgres writes an Instant by itself, since our connections' clock is UTC.
 */
export const instantText = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

type Parameter = string | number | boolean | Date | string[] | null

/**
 * Runs one statement written as text, prepared once per connection. Parameters are always `$1`…; the text itself is a
 * constant of the program. An array travels as a Postgres array, JSON as a string cast by `::text::jsonb`.
 */
export async function run<Row extends object>(sql: Runner, text: string, parameters: Parameter[]): Promise<Row[]> {
  // Drizzle takes the Date serialiser off the pool it wraps, so a Date travels as text.
  const values = parameters.map((value) => (value instanceof Date ? value.toISOString() : value))
  return [...(await sql.unsafe<(Row & MaybeRow)[]>(text, values, { prepare: true }))]
}
