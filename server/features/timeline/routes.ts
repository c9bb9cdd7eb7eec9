import * as contract from '#shared/timeline.ts'
import type { Route } from '#server/http/mount.ts'
import { readTimeline, setPin } from './service.ts'

export function timelineRoutes(route: Route): void {
  route(contract.listTimeline, readTimeline)
  route(contract.setPin, setPin)
}
