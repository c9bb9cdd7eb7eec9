import type { Tag, TagGroup } from '../types.ts'

const wireTag = (t: Tag, deleted: boolean) => ({
  id: t.id,
  name: t.name,
  create_time: t.createTime,
  order: t.order,
  ...(deleted && { deleted: t.deleted }),
})
/** One group as it travels; `deleted` only where tags were asked for by id. */
export const wireGroup = (g: TagGroup, tags: Tag[], deleted: boolean) => ({
  group_id: g.id,
  group_name: g.name,
  create_time: g.createTime,
  order: g.order,
  ...(deleted && { deleted: g.deleted }),
  tag: tags.map((t) => wireTag(t, deleted)),
})
