import type { Sql } from 'postgres'

/** Sessions and WeCom's credentials change with every sign-in; openings are counted for the refused too. */
const APART = new Set(['sessions', 'login_states', 'wecom_credentials', 'customer_openings'])

/** One hash per table over all its rows. Two equal answers: nothing was written in between. */
export async function hashTables(sql: Sql): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' order by 1`
  const hashes: Record<string, string> = {}
  for (const { name } of tables.filter((table) => !APART.has(table.name))) {
    const [row] = await sql<{ hash: string }[]>`
      select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash from ${sql(name)} t`
    hashes[name] = row!.hash
  }
  return hashes
}
