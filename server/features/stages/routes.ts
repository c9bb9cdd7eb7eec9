import * as contract from '#shared/stages.ts'
import type { Route } from '#server/http/mount.ts'
import { listStages, moveStage, saveStages } from './service.ts'

export function stageRoutes(route: Route): void {
  route(contract.listStages, listStages)
  route(contract.moveStage, moveStage)
  route(contract.saveStages, saveStages)
}
