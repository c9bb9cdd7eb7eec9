import { randomBytes, randomUUID } from 'node:crypto'
import type { WebhookEvent } from '#shared/webhooks.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import type { Runner } from '#server/db/json.ts'
import { AppError } from '#server/errors.ts'
import { enqueue } from '#server/jobs/enqueue.ts'
import { createSeal } from '#server/wecom/seal.ts'
import { record } from '../audit/service.ts'
import { problemOf } from './address.ts'
import {
  collect,
  forget,
  insertWebhook,
  remove,
  revive,
  selectDue,
  selectWebhooks,
  setEnabled,
  settleDelivery,
} from './queries.ts'
import { type Send, sendHttps } from './send.ts'

const TRIES = 8
const FIRST_WAIT_S = 15
const noSuch = () => new AppError('not_found', '没有这个推送地址，可能已经删除')
const ok = { ok: true as const }
const sealOf = (ctx: Ctx) => createSeal(ctx.config.sessionSecret, 'webhooks')

export const listWebhooks = async (ctx: Ctx) => ({ webhooks: await selectWebhooks(ctx.sql) })

export async function createWebhook(ctx: Ctx, { url, events }: { url: string; events: WebhookEvent[] }) {
  const problem = problemOf(url)
  if (problem) throw new AppError('invalid_input', problem)
  const id = randomUUID()
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  return await ctx.sql.begin(async (tx) => {
    const sealed = sealOf(ctx).seal(secret, id)
    await insertWebhook(tx, { id, url, secret: sealed, events: [...new Set(events)] }, ctx.now())
    await record(tx, memberOf(ctx), { action: 'webhook.created', subject: new URL(url).host, detail: { events } })
    const webhook = (await selectWebhooks(tx)).find((one) => one.id === id)!
    return { webhook, secret }
  })
}

export async function setWebhook(ctx: Ctx, { webhookId, enabled }: { webhookId: string; enabled: boolean }) {
  return await ctx.sql.begin(async (tx) => {
    const url = await setEnabled(tx, webhookId, enabled)
    if (url === undefined) throw noSuch()
    if (enabled) await sendSoon(tx, await revive(tx, webhookId, 'waiting'))
    await record(tx, memberOf(ctx), { action: 'webhook.set', subject: new URL(url).host, detail: { enabled } })
    return ok
  })
}

export async function deleteWebhook(ctx: Ctx, { webhookId }: { webhookId: string }) {
  return await ctx.sql.begin(async (tx) => {
    const url = await remove(tx, webhookId)
    if (url === undefined) throw noSuch()
    await record(tx, memberOf(ctx), { action: 'webhook.deleted', subject: new URL(url).host })
    return ok
  })
}

export async function replayWebhook(ctx: Ctx, { webhookId }: { webhookId: string }) {
  return await ctx.sql.begin(async (tx) => {
    const revived = await revive(tx, webhookId, 'dead')
    await sendSoon(tx, revived)
    return { replayed: revived.length }
  })
}

async function sendSoon(tx: Runner, ids: string[], afterSeconds = 0): Promise<void> {
  for (const id of ids) await enqueue(tx, 'webhooks.send', { delivery: id }, { key: `webhook ${id}`, afterSeconds })
}

/** The job of every minute: what happened, for whoever wants to know. */
export async function collectEvents(ctx: Ctx): Promise<void> {
  await ctx.sql.begin(async (tx) => sendSoon(tx, await collect(tx, ctx.now())))
  await forget(ctx.sql, ctx.now())
}

/** One delivery: done at 2xx; else again after 15 s, 30 s, 1 min … and given up after eight tries, half an hour in all. */
export async function sendDelivery(
  ctx: Ctx,
  { delivery }: { delivery: string },
  send: Send = sendHttps,
): Promise<void> {
  const due = await selectDue(ctx.sql, delivery)
  if (!due) return
  const secret = sealOf(ctx).open(due.secret, due.webhookId)
  if (secret === undefined)
    return await settleDelivery(
      ctx.sql,
      due.id,
      { state: 'dead', error: '密钥解不开：SESSION_SECRET 换过，请重新建' },
      ctx.now(),
    )
  const timestamp = Math.floor(ctx.now().getTime() / 1000)
  const problem = await tried(() =>
    send({ id: due.id, url: due.url, secret, body: JSON.stringify(due.payload), timestamp }),
  )
  const state = problem === null ? 'done' : due.attempts + 1 >= TRIES ? 'dead' : 'waiting'
  await ctx.sql.begin(async (tx) => {
    await settleDelivery(tx, due.id, { state, error: problem }, ctx.now())
    if (state === 'waiting') await sendSoon(tx, [due.id], FIRST_WAIT_S * 2 ** due.attempts)
  })
}

async function tried(work: () => Promise<number>): Promise<string | null> {
  try {
    const status = await work()
    return status >= 200 && status < 300 ? null : `对方答了 ${status}`
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).slice(0, 200)
  }
}
