import * as contract from '#shared/tags.ts'
import type { Route } from '#server/http/mount.ts'
import { createTag } from './create.ts'
import { markTags } from './marks.ts'
import { listTags } from './service.ts'

export function tagRoutes(route: Route): void {
  route(contract.listTags, listTags)
  route(contract.markTags, markTags)
  route(contract.createTag, createTag)
}
