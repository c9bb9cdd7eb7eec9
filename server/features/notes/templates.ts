import type { NoteTemplate } from '#shared/templates.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { run, type Runner } from '#server/db/json.ts'
import { AppError } from '#server/errors.ts'
import { record } from '../audit/service.ts'
import { listStages } from '../stages/service.ts'

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

const LIST = `
  select coalesce(json_agg(json_build_object('stage', n.stage_id, 'title', n.title, 'body', n.body) order by n.position, n.id), '[]') as templates
  from note_templates n`

/** Every beginning in its order, and the pipeline. */
export async function listTemplates(ctx: Ctx) {
  const [row] = await run<{ templates: NoteTemplate[] }>(ctx.sql, LIST, [])
  return { templates: row!.templates, ...(await listStages(ctx)) }
}

/** 400 for a stage there is none of, and for a title that stands twice in one stage. */
export async function saveTemplates(ctx: Ctx, { templates }: { templates: NoteTemplate[] }) {
  const { stages } = await listStages(ctx)
  for (const one of templates) {
    if (one.stage !== null && !stages.some((stage) => stage.id === one.stage))
      throw new AppError('invalid_input', `「${one.title}」的阶段已经没有了，请重新选`)
    if (templates.filter((other) => other.stage === one.stage && other.title === one.title).length > 1)
      throw new AppError('invalid_input', `有两个模板都叫「${one.title}」`)
  }
  await ctx.sql.begin(async (tx) => {
    await run(tx, 'delete from note_templates', [])
    await run(
      tx,
      `insert into note_templates (stage_id, title, body, position)
        select t.stage, t.title, t.body, at from jsonb_array_elements($1::text::jsonb) with ordinality as e(template, at),
          jsonb_to_record(e.template) as t(stage text, title text, body text)`,
      [JSON.stringify(templates)],
    )
    const detail = { names: templates.map((one) => one.title) }
    await record(tx, memberOf(ctx), { action: 'note_templates.saved', subject: 'note_templates', detail })
  })
  return await listTemplates(ctx)
}
