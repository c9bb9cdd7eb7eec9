import type { Sql } from 'postgres'

/** Rows and a checksum of every table, whatever the order of its rows: equal answers are equal databases. */
export async function checksums(sql: Sql): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`
  const sums: Record<string, string> = {}
  for (const { name } of tables) {
    const [row] = await sql<{ sum: string }[]>`
      select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as sum from ${sql(name)} t`
    sums[name] = row!.sum
  }
  return sums
}
