import * as contract from '#shared/figures.ts'
import type { Route } from '#server/http/mount.ts'
import { listFigureRows, readFigureMembers, readFigures } from './service.ts'

export function figureRoutes(route: Route): void {
  route(contract.getFigures, readFigures)
  route(contract.getFigureMembers, readFigureMembers)
  route(contract.listFigureRows, listFigureRows)
}
