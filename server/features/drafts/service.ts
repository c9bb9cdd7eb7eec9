import type { AssistantState, DraftEvent, DraftMode } from '#shared/drafts.ts'
import type { CustomerId } from '#shared/ids.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { AppError } from '#server/errors.ts'
import { type Ask, type Model, ModelError } from '#server/model/port.ts'
import { promptOf } from './prompt.ts'
import { selectDrafts, selectNamed, takeDraft } from './queries.ts'
import { factsOf, shopDay } from './sources.ts'
import { tracedLines } from './traced.ts'

export { wordLines } from './word-lines.ts'

/** Whether there is a model, and how many drafts the caller may still ask for today. */
export async function readAssistant(ctx: Ctx): Promise<AssistantState> {
  const most = ctx.config.dailyDrafts
  if (!ctx.model) return { state: 'off', left: 0, most }
  const taken = await selectDrafts(ctx.sql, memberOf(ctx), shopDay(ctx.now()))
  return { state: ctx.model.kind === 'scripted' ? 'demo' : 'on', left: Math.max(0, most - taken), most }
}

/** 404 where none is set up. */
export function modelOf({ model }: Pick<Ctx, 'model'>): Model {
  if (!model) throw new AppError('not_found', '没有接语言模型，起草没有打开')
  return model
}

/** Counts one draft of the caller's day, before the model is called; what comes of it is counted too. 429 where there are none left. Answers how many are. */
export async function spendDraft(ctx: Ctx): Promise<number> {
  const most = ctx.config.dailyDrafts
  const drafts = await takeDraft(ctx.sql, memberOf(ctx), shopDay(ctx.now()), most)
  if (drafts === undefined)
    throw new AppError('too_many_requests', `今天的 ${most} 次起草用完了，明天再来，或直接用话术`)
  return most - drafts
}

/**
 * One draft, event by event: a sentence is told once it is whole and traced, and all are taken back where one is not. Nothing is sent, stored or logged of it; only
 * that one was asked for, and what came of it. `signal` ends it and the call to the model.
 */
export async function* writeDraft(
  ctx: Ctx,
  { customerId, mode, text }: { customerId: CustomerId; mode: DraftMode; text: string },
  signal: AbortSignal,
): AsyncGenerator<DraftEvent> {
  const model = modelOf(ctx)
  if (mode !== 'summary' && text === '') throw new AppError('invalid_input', '先写上或粘贴要用的话')
  const { about, said, sources } = await factsOf(ctx, customerId, mode, text)
  const left = await spendDraft(ctx)
  const began = performance.now()
  let outcome = 'cancelled'
  const stop = new AbortController()
  const ask: Ask = { ...promptOf(mode, said, sources), signal: AbortSignal.any([signal, stop.signal]) }
  try {
    yield { type: 'started', left }
    const namesIn = (said: string) => selectNamed(ctx.sql, said, memberOf(ctx), customerId)
    for await (const event of tracedLines(model.write(ask), sources, mode, about.salutation, namesIn)) {
      if (event.type === 'withheld') outcome = `withheld ${event.reason}`
      if (event.type === 'done') outcome = 'done'
      yield event
    }
  } catch (error) {
    if (signal.aborted) return
    if (!(error instanceof ModelError)) throw error
    outcome = `failed ${error.reason}`
    yield { type: 'failed', reason: error.reason }
  } finally {
    stop.abort()
    ctx.log.info({ mode, outcome, ms: Math.round(performance.now() - began) }, 'draft')
  }
}
