import * as contract from '#shared/replies.ts'
import type { Route } from '#server/http/mount.ts'
import { prepareMedia, uploadAsset, warmMedia } from './service.ts'

export function mediaRoutes(route: Route): void {
  route(contract.prepareMedia, prepareMedia)
  route(contract.warmMedia, warmMedia)
  route(contract.uploadAsset, uploadAsset)
}
