import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { TagId } from './ids.ts'

/** The corp's tags as whoever keeps them sees them. `customers`: how many ties carry it now. Made by another app or in the console, WeCom lets nobody here change one. */
export const KeptTag = z.object({ id: TagId, name: z.string(), customers: z.number() })
export const KeptGroup = z.object({ id: z.string(), name: z.string(), single: z.boolean(), tags: z.array(KeptTag) })
export type KeptGroup = z.infer<typeof KeptGroup>
const groups = z.object({ groups: z.array(KeptGroup) })
const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(30))
const id = z.string().check(z.minLength(1), z.maxLength(64))

export const listTagGroups = endpoint({
  method: 'get',
  path: '/api/admin/tag-groups',
  access: 'admin',
  input: z.object({}),
  output: groups,
})

/** A group in WeCom with its first tags, or more tags for a group that is there. */
export const addTags = endpoint({
  method: 'post',
  path: '/api/admin/tag-groups',
  access: 'admin',
  input: z.object({
    group: z.union([z.object({ id }), z.object({ name })]),
    tags: z.array(name).check(z.minLength(1), z.maxLength(50)),
  }),
  output: groups,
})

/** A tag's or a group's new name, in WeCom. */
export const renameTag = endpoint({
  method: 'post',
  path: '/api/admin/tag-groups/rename',
  access: 'admin',
  input: z.object({ id, name }),
  output: groups,
})

/** A tag, or a group with all its tags, goes in WeCom and from every customer. */
export const removeTag = endpoint({
  method: 'post',
  path: '/api/admin/tag-groups/remove',
  access: 'admin',
  input: z.object({ id, kind: z.enum(['tag', 'group']) }),
  output: groups,
})

/** The tags of one group (or, without `group`, the groups) in this order, in WeCom. */
export const orderTags = endpoint({
  method: 'put',
  path: '/api/admin/tag-groups/order',
  access: 'admin',
  input: z.object({ ids: z.array(id).check(z.minLength(1), z.maxLength(200)) }),
  output: groups,
})

/** One tag of the group at most on a customer. Ours alone: WeCom knows no such thing. */
export const setSingle = endpoint({
  method: 'put',
  path: '/api/admin/tag-groups/single',
  access: 'admin',
  input: z.object({ id, single: z.boolean() }),
  output: groups,
})
