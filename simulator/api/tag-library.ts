import type { Faults } from '../faults.ts'
import { Refusal } from '../refusal.ts'
import type { Tag, TagGroup } from '../types.ts'
import { findTag, randomId, type World } from '../world.ts'
import { type Api, text, texts } from './kit.ts'
import { wireGroup } from './tag-wire.ts'

const TAG_CAP = 10_000

/** A tag or group name: 1–30 characters, else 40072. */
function nameOf(value: unknown): string {
  if (typeof value !== 'string' || value.trim() === '' || [...value].length > 30) throw new Refusal(40072)
  return value
}

function orderOf(value: unknown): number {
  const order = value ?? 0
  if (typeof order !== 'number' || !Number.isInteger(order) || order < 0 || order >= 2 ** 32) throw new Refusal(40058)
  return order
}

/** The tags of an add call by name; a name given twice makes one tag. */
function wantedTags(value: unknown): Map<string, number> {
  if (!Array.isArray(value) || value.length === 0) throw new Refusal(40063)
  return new Map(
    value.map((tag: unknown) => {
      if (typeof tag !== 'object' || tag === null) throw new Refusal(40058)
      const { name, order } = tag as { name?: unknown; order?: unknown }
      return [nameOf(name), orderOf(order)]
    }),
  )
}

const addTag: Api = {
  method: 'POST',
  path: '/cgi-bin/externalcontact/add_corp_tag',
  needs: 'customerContact',
  writes: 'library',
  answer: ({ world, body }) => {
    const named = wantedTags(body['tag'])
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
    return found ?? unknownTag(String(body['group_id']))
  }
  if (body['group_name'] === undefined) throw new Refusal(40063)
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
function own(world: World, faults: Faults, thing: { creator: string }): void {
  if (thing.creator !== String(world.agentId)) throw new Refusal(faults.foreignTagCode)
}

const editTag: Api = {
  method: 'POST',
  path: '/cgi-bin/externalcontact/edit_corp_tag',
  needs: 'customerContact',
  writes: 'library',
  answer: ({ world, faults, body }) => {
    const id = text(body, 'id')
    const group = world.shop.tagGroups.find((g) => g.id === id && !g.deleted)
    const found = findTag(world, id)
    const thing = group ?? (found?.tag.deleted ? undefined : found?.tag)
    if (!thing) return unknownTag(id)
    own(world, faults, thing)
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
  writes: 'library',
  answer: ({ world, faults, body }) => {
    const [tagIds, groupIds] = [texts(body, 'tag_id'), texts(body, 'group_id')]
    if (tagIds.length + groupIds.length === 0) throw new Refusal(40063)
    const groups = groupIds.map((id) => world.shop.tagGroups.find((g) => g.id === id && !g.deleted) ?? unknownTag(id))
    const tags = tagIds.map((id) => liveTag(world, id))
    for (const thing of [...groups, ...tags]) own(world, faults, thing)
    removeTags(world, [...tagIds, ...groups.flatMap((g) => g.tags.map((t) => t.id))])
    for (const group of groups) group.deleted = true
    return {}
  },
}

/** WeCom names the id it does not know. */
function unknownTag(id: string): never {
  throw new Refusal(40068, `invalid tagid: ${id}`)
}

/** A tag that is there; a group's id, a removed tag or an unknown one is 40068. */
export function liveTag(world: World, id: string): Tag {
  const found = findTag(world, id)
  return found && !found.tag.deleted ? found.tag : unknownTag(id)
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

export const tagLibraryApis: Api[] = [addTag, editTag, deleteTag]
