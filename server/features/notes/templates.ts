import { run, type Runner } from '#server/db/json.ts'

export interface NewTemplate {
  title: string
  body: string
  stageId: string | null
}

/** At the end of those of its stage. */
export async function addTemplate(sql: Runner, { title, body, stageId }: NewTemplate): Promise<void> {
  const text = `insert into note_templates (stage_id, title, body, position)
    select $1, $2, $3, coalesce(max(position) + 1, 0) from note_templates where stage_id is not distinct from $1`
  await run(sql, text, [stageId, title, body])
}
