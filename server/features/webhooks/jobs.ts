import type { Ctx } from '#server/context.ts'
import { collectEvents, sendDelivery } from './service.ts'

export const webhookJobs = {
  'webhooks.collect': collectEvents,
  'webhooks.send': (ctx: Ctx, payload: { delivery: string }) => sendDelivery(ctx, payload),
}
