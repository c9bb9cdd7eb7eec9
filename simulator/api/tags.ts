import { Refusal } from '../refusal.ts'
import type { Tag, TagGroup } from '../types.ts'
import { findTag, randomId, type World } from '../world.ts'
import { relation } from './customers.ts'
import { type Api, text, texts } from './kit.ts'

const TAG_CAP = 10_000
const wireTag = (t: Tag, deleted: boolean) => ({
  id: t.id,
  name: t.name,
  create_time: t.createTime,
  order: t.order,
  ...(deleted && { deleted: t.deleted }),
})
const wireGroup = (g: TagGroup, tags: Tag[], deleted: boolean) => ({
  group_id: g.id,
  group_name: g.name,
  create_time: g.createTime,
  order: g.order,
  ...(deleted && { deleted: g.deleted }),
  tag: tags.map((t) => wireTag(t, deleted)),
})
const byOrder = (a: { order: number; createTime: number }, b: { order: number; createTime: number }) =>
  b.order - a.order || a.createTime - b.createTime

const listTags: Api = {
  method: 'POST',
  path: '/cgi-bin/externalcontact/get_corp_tag_list',
  needs: 'customerContact',
  empty: { tag_group: [] },
  answer: ({ world, body }) => {
    const [groupIds, tagIds] = [texts(body, 'group_id'), texts(body, 'tag_id')]
    const groups = [...world.shop.tagGroups].sort(byOrder)
    const sorted = (g: TagGroup) => [...g.tags].sort(byOrder)
    if (groupIds.length > 0) {
      return { tag_group: groups.filter((g) => groupIds.includes(g.id)).map((g) => wireGroup(g, sorted(g), true)) }
    }
    if (tagIds.length > 0) {
      const found = groups.map((g) =>
        wireGroup(
          g,
          sorted(g).filter((t) => tagIds.includes(t.id)),
          true,
        ),
      )
      return { tag_group: found.filter((g) => g.tag.length > 0) }
    }
    return {
      tag_group: groups
        .filter((g) => !g.deleted)
        .map((g) =>
          wireGroup(
            g,
            sorted(g).filter((t) => !t.deleted),
            false,
          ),
        ),
    }
  },
}

/** A tag or group name: 1–30 characters, else 40072. */
function nameOf(value: unknown): string {
  if (typeof value !== 'string' || value.trim() === '' || [...value].length > 30) throw new Refusal(40072)
  return value
}

function orderOf(value: unknown): number {
  const order = value ?? 0
  if (typeof order !== 'number' || order < 0 || order >= 2 ** 32) throw new Refusal(40058)
  return order
}

const addTag: Api = {
  method: 'POST',
  path: '/cgi-bin/externalcontact/add_corp_tag',
  needs: 'customerContact',
  answer: ({ world, body }) => {
    const wanted = body['tag']
    if (!Array.isArray(wanted) || wanted.length === 0) throw new Refusal(40063)
    const named = new Map(wanted.map((t: { name?: unknown; order?: unknown }) => [nameOf(t.name), orderOf(t.order)]))
    const group = targetGroup(world, body)
    const live = world.shop.tagGroups.flatMap((g) => g.tags).filter((t) => !t.deleted).length
    if (live + named.size > TAG_CAP) throw new Refusal(40126, 'too many tags')
    if (group.tags.some((t) => !t.deleted && named.has(t.name))) throw new Refusal(40071)
    const creator = String(world.agentId)
    const made = [...named].map(([name, order]) => ({
      id: randomId('et'),
      name,
      order,
      createTime: world.now(),
      creator,
      deleted: false,
    }))
    group.tags.push(...made)
    if (!world.shop.tagGroups.includes(group)) world.shop.tagGroups.push(group)
    world.touched()
    return { tag_group: wireGroup(group, made, false) }
  },
}

/** The group named by id, else by name (an existing one is appended to), else a new one. */
function targetGroup(world: World, body: Record<string, unknown>): TagGroup {
  if (body['group_id']) {
    const found = world.shop.tagGroups.find((g) => g.id === body['group_id'] && !g.deleted)
    if (!found) throw new Refusal(40068, `invalid tagid: ${String(body['group_id'])}`)
    return found
  }
  const name = nameOf(body['group_name'])
  return (
    world.shop.tagGroups.find((g) => g.name === name && !g.deleted) ?? {
      id: randomId('et'),
      name,
      order: orderOf(body['order']),
      createTime: world.now(),
      creator: String(world.agentId),
      deleted: false,
      tags: [],
    }
  )
}

/** An app may change only what it created. */
function own(world: World, thing: { creator: string }): void {
  if (thing.creator !== String(world.agentId)) throw new Refusal(60011)
}

const editTag: Api = {
  method: 'POST',
  path: '/cgi-bin/externalcontact/edit_corp_tag',
  needs: 'customerContact',
  answer: ({ world, body }) => {
    const id = text(body, 'id')
    const group = world.shop.tagGroups.find((g) => g.id === id && !g.deleted)
    const found = findTag(world, id)
    const thing = group ?? (found?.tag.deleted ? undefined : found?.tag)
    if (!thing) throw new Refusal(40068, `invalid tagid: ${id}`)
    own(world, thing)
    if (body['name'] !== undefined) {
      const name = nameOf(body['name'])
      const twins: { id: string; name: string; deleted: boolean }[] = group
        ? world.shop.tagGroups
        : (found?.group.tags ?? [])
      if (twins.some((t) => t.id !== id && !t.deleted && t.name === name)) throw new Refusal(40071)
      thing.name = name
    }
    if (body['order'] !== undefined) thing.order = orderOf(body['order'])
    world.touched()
    return {}
  },
}

const deleteTag: Api = {
  method: 'POST',
  path: '/cgi-bin/externalcontact/del_corp_tag',
  needs: 'customerContact',
  answer: ({ world, body }) => {
    const [tagIds, groupIds] = [texts(body, 'tag_id'), texts(body, 'group_id')]
    if (tagIds.length + groupIds.length === 0) throw new Refusal(40063)
    const groups = groupIds.map((id) => world.shop.tagGroups.find((g) => g.id === id && !g.deleted) ?? unknownTag(id))
    const tags = tagIds.map((id) => findTag(world, id)?.tag ?? unknownTag(id))
    for (const thing of [...groups, ...tags]) own(world, thing)
    removeTags(world, [...tagIds, ...groups.flatMap((g) => g.tags.map((t) => t.id))])
    for (const group of groups) group.deleted = true
    return {}
  },
}

const unknownTag = (id: string): never => {
  throw new Refusal(40068, `invalid tagid: ${id}`)
}

/** Marks tags deleted and takes them off every customer; a group that loses its last tag goes too. */
export function removeTags(world: World, ids: string[]): void {
  for (const group of world.shop.tagGroups) {
    for (const tag of group.tags) if (ids.includes(tag.id)) tag.deleted = true
    if (group.tags.length > 0 && group.tags.every((t) => t.deleted)) group.deleted = true
  }
  for (const follow of world.shop.customers.flatMap((c) => c.follows))
    follow.tagIds = follow.tagIds.filter((id) => !ids.includes(id))
  world.touched()
}

/** All or nothing: the first unknown id refuses the whole call. Repeats are harmless. */
const markTag: Api = {
  method: 'POST',
  path: '/cgi-bin/externalcontact/mark_tag',
  needs: 'customerContact',
  answer: ({ world, body }) => {
    const [userid, customerId] = [text(body, 'userid'), text(body, 'external_userid')]
    const [add, remove] = [texts(body, 'add_tag', 100), texts(body, 'remove_tag', 100)]
    if (add.length + remove.length === 0) throw new Refusal(40063)
    const { follow } = relation(world, userid, customerId)
    for (const id of [...add, ...remove]) if (findTag(world, id)?.tag.deleted ?? true) unknownTag(id)
    follow.tagIds = [...new Set([...follow.tagIds.filter((id) => !remove.includes(id)), ...add])]
    world.touched()
    return {}
  },
}

export const tagApis: Api[] = [listTags, addTag, editTag, deleteTag, markTag]
