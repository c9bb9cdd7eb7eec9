import { Refusal } from '../refusal.ts'
import type { TagGroup } from '../types.ts'
import { relation } from './customers.ts'
import { type Api, text, texts } from './kit.ts'
import { liveTag } from './tag-library.ts'
import { wireGroup } from './tag-wire.ts'

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

/** All or nothing: the first unknown id refuses the whole call. Repeats are harmless. */
const markTag: Api = {
  method: 'POST',
  path: '/cgi-bin/externalcontact/mark_tag',
  needs: 'customerContact',
  writes: 'customer',
  answer: ({ world, body }) => {
    const [userid, customerId] = [text(body, 'userid'), text(body, 'external_userid')]
    const [add, remove] = [texts(body, 'add_tag', 100), texts(body, 'remove_tag', 100)]
    if (add.length + remove.length === 0) throw new Refusal(40063)
    const { follow } = relation(world, userid, customerId)
    for (const id of [...add, ...remove]) liveTag(world, id)
    follow.tagIds = [...new Set([...follow.tagIds.filter((id) => !remove.includes(id)), ...add])]
    world.touched()
    return {}
  },
}

export const tagApis: Api[] = [listTags, markTag]
