import * as contract from '#shared/members.ts'
import type { Route } from '#server/http/mount.ts'
import { listMembers, setRoles } from './roles.ts'

export function memberRoutes(route: Route): void {
  route(contract.listMembers, listMembers)
  route(contract.setRoles, setRoles)
}
