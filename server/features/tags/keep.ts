import type { KeptGroup } from '#shared/tag-groups.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { run } from '#server/db/json.ts'
import { AppError } from '#server/errors.ts'
import { record } from '../audit/service.ts'
import { syncLibrary } from './library.ts'

const LIST = `
  with worn as (
    select t.id, count(*)::int as n from follows f, unnest(f.tag_ids) t(id) where f.ended_at is null group by t.id
  )
  select coalesce(json_agg(json_build_object('id', g.id, 'name', g.name, 'single', g.single_choice, 'tags',
    (select coalesce(json_agg(json_build_object('id', t.id, 'name', t.name, 'customers', coalesce(w.n, 0)) order by t.position, t.id), '[]')
      from tags t left join worn w on w.id = t.id where t.group_id = g.id)) order by g.position, g.id), '[]') as groups from tag_groups g`

export async function listTagGroups(ctx: Ctx): Promise<{ groups: KeptGroup[] }> {
  const [row] = await run<{ groups: KeptGroup[] }>(ctx.sql, LIST, [])
  return row!
}

/** WeCom first, for it may refuse; then our copy is made anew from what it says. */
async function through(ctx: Ctx, action: string, subject: string, work: () => Promise<unknown>) {
  await work()
  await record(ctx.sql, memberOf(ctx), { action: `tags.${action}`, subject })
  await syncLibrary(ctx)
  return await listTagGroups(ctx)
}

export const addTags = (ctx: Ctx, { group, tags }: { group: { id: string } | { name: string }; tags: string[] }) =>
  through(ctx, 'added', tags.join('、'), () => ctx.wecom.createTags({ group, names: tags }))

export const renameTag = (ctx: Ctx, { id, name }: { id: string; name: string }) =>
  through(ctx, 'renamed', name, () => ctx.wecom.editTag({ id, name }))

export const removeTag = (ctx: Ctx, { id, kind }: { id: string; kind: 'tag' | 'group' }) =>
  through(ctx, 'removed', id, () => ctx.wecom.deleteTag({ id, kind }))

/** WeCom shows larger orders first. One call a tag, for that is all it offers; begun again it ends the same. */
export const orderTags = (ctx: Ctx, { ids }: { ids: string[] }) =>
  through(ctx, 'ordered', String(ids.length), async () => {
    for (const [at, id] of ids.entries()) await ctx.wecom.editTag({ id, order: ids.length - at })
  })

export async function setSingle(ctx: Ctx, { id, single }: { id: string; single: boolean }) {
  const found = await run(ctx.sql, 'update tag_groups set single_choice = $2 where id = $1 returning 1', [id, single])
  if (found.length === 0) throw new AppError('not_found', '没有这个标签组，请刷新')
  await record(ctx.sql, memberOf(ctx), { action: 'tags.single_set', subject: id, detail: { single } })
  return await listTagGroups(ctx)
}
