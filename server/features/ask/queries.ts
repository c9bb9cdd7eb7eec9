import type { ReplyPart } from '#shared/replies.ts'
import { run, type Runner } from '#server/db/json.ts'

/**
 * What the library's rows and the synonyms are written by, as one text: any insert, change or deletion anywhere makes another one,
 * in whichever order transactions end. Reads the rows once, some 2 ms for five thousand.
 */
const version = `(select count(*) || '.' || coalesce(sum(xmin::text::bigint), 0) from replies)
  || '/' || (select count(*) || '.' || coalesce(sum(xmin::text::bigint), 0) from ask_synonyms)`

/** `followed` by this member, and which library stands. */
export async function selectState(sql: Runner, customerId: string, userId: string) {
  const text = `select ${version} as version,
    exists (select 1 from follows f where f.customer_id = $1 and f.user_id = $2 and f.ended_at is null) as followed`
  const [row] = await run<{ version: string; followed: boolean }>(sql, text, [customerId, userId])
  return row!
}

export async function selectVersion(sql: Runner): Promise<string> {
  const [row] = await run<{ version: string }>(sql, `select ${version} as version`, [])
  return row!.version
}

export interface Written {
  id: string
  owner: string | null
  title: string
  parts: ReplyPart[]
}

/** Every reply of the company and of all members; who sees which is asked of the database again for what is found. */
export const selectWritten = (sql: Runner): Promise<Written[]> =>
  run<Written>(sql, 'select id, owner_user_id as owner, title, parts from replies order by id', [])

export async function selectSynonyms(sql: Runner): Promise<string[][]> {
  const rows = await run<{ words: string[] }>(sql, 'select words from ask_synonyms order by position', [])
  return rows.map((row) => row.words)
}

const SAVE = `
  with gone as (delete from ask_synonyms where position > jsonb_array_length($1::text::jsonb))
  insert into ask_synonyms (position, words, updated_at)
  select at, array(select jsonb_array_elements_text(g)), $2::timestamptz
  from jsonb_array_elements($1::text::jsonb) with ordinality as e(g, at)
  on conflict (position) do update set words = excluded.words, updated_at = excluded.updated_at`

export async function writeSynonyms(sql: Runner, groups: string[][], now: Date): Promise<void> {
  await run(sql, SAVE, [JSON.stringify(groups), now])
}
