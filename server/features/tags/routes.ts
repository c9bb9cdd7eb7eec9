import * as groups from '#shared/tag-groups.ts'
import * as contract from '#shared/tags.ts'
import type { Route } from '#server/http/mount.ts'
import { createTag } from './create.ts'
import { addTags, listTagGroups, orderTags, removeTag, renameTag, setSingle } from './keep.ts'
import { markTags } from './marks.ts'
import { listTags } from './service.ts'

export function tagRoutes(route: Route): void {
  route(contract.listTags, listTags)
  route(contract.markTags, markTags)
  route(contract.createTag, createTag)
  route(groups.listTagGroups, listTagGroups)
  route(groups.addTags, addTags)
  route(groups.renameTag, renameTag)
  route(groups.removeTag, removeTag)
  route(groups.orderTags, orderTags)
  route(groups.setSingle, setSingle)
}
