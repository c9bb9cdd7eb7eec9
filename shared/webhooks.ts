import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { Instant } from './ids.ts'

/** What another system can be told of: a tie's tags or remark changed, it ended, it began again. */
export const WebhookEvent = z.enum(['customer.tags', 'customer.remark', 'customer.ended', 'customer.returned'])
export type WebhookEvent = z.infer<typeof WebhookEvent>

/** `waiting`: to be sent, or sent again; `dead`: given up after eight tries over some hours. */
export const Webhook = z.object({
  id: z.uuid(),
  url: z.string(),
  events: z.array(WebhookEvent),
  enabled: z.boolean(),
  createdAt: Instant,
  waiting: z.number(),
  done: z.number(),
  dead: z.number(),
  lastError: z.nullable(z.string()),
})
export type Webhook = z.infer<typeof Webhook>

export const listWebhooks = endpoint({
  method: 'get',
  path: '/api/admin/webhooks',
  access: 'admin',
  input: z.object({}),
  output: z.object({ webhooks: z.array(Webhook) }),
})

/** https alone, to a public address. `secret` (`whsec_…`) is in this answer alone: the receiver checks signatures with it. */
export const createWebhook = endpoint({
  method: 'post',
  path: '/api/admin/webhooks',
  access: 'admin',
  input: z.object({
    url: z.url().check(z.maxLength(500)),
    events: z.array(WebhookEvent).check(z.minLength(1), z.maxLength(4)),
  }),
  output: z.object({ webhook: Webhook, secret: z.string() }),
})

/** Off keeps what waits; on again it goes out. */
export const setWebhook = endpoint({
  method: 'put',
  path: '/api/admin/webhooks/:webhookId',
  access: 'admin',
  input: z.object({ webhookId: z.uuid(), enabled: z.boolean() }),
  output: z.object({ ok: z.literal(true) }),
})

export const deleteWebhook = endpoint({
  method: 'delete',
  path: '/api/admin/webhooks/:webhookId',
  access: 'admin',
  input: z.object({ webhookId: z.uuid() }),
  output: z.object({ ok: z.literal(true) }),
})

/** Everything that was given up is tried again from the start. */
export const replayWebhook = endpoint({
  method: 'post',
  path: '/api/admin/webhooks/:webhookId/replay',
  access: 'admin',
  input: z.object({ webhookId: z.uuid() }),
  output: z.object({ replayed: z.number() }),
})
