import * as contract from '#shared/tasks.ts'
import type { Route } from '#server/http/mount.ts'
import { createTask, listTasks, settleTask, updateTask } from './service.ts'
import { readToday } from './today.ts'

export function taskRoutes(route: Route): void {
  route(contract.createTask, createTask)
  route(contract.updateTask, updateTask)
  route(contract.settleTask, settleTask)
  route(contract.listTasks, listTasks)
  route(contract.getToday, readToday)
}
