import * as contract from '#shared/webhooks.ts'
import type { Route } from '#server/http/mount.ts'
import { createWebhook, deleteWebhook, listWebhooks, replayWebhook, setWebhook } from './service.ts'

export function webhookRoutes(route: Route): void {
  route(contract.listWebhooks, listWebhooks)
  route(contract.createWebhook, createWebhook)
  route(contract.setWebhook, setWebhook)
  route(contract.deleteWebhook, deleteWebhook)
  route(contract.replayWebhook, replayWebhook)
}
