import { prepareImage as contract } from '#shared/replies.ts'
import type { Route } from '#server/http/mount.ts'
import { prepareImage } from './service.ts'

export function mediaRoutes(route: Route): void {
  route(contract, prepareImage)
}
