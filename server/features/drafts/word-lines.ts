import type { CustomerId } from '#shared/ids.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { noSuchCustomer } from '#server/errors.ts'
import { ModelError } from '#server/model/port.ts'
import { Lines, readLine } from './answer.ts'
import { escapeData, promptOf } from './prompt.ts'
import { selectNamed, selectNames, takeDraft } from './queries.ts'
import { CALLED, redact } from './redact.ts'
import { shopDay } from './sources.ts'
import { type Source, traceSentence } from './trace.ts'

export interface Line {
  id: string
  text: string
}
/** A sentence, and the ids of the lines it was worded from. */
export interface WordedLine {
  text: string
  ids: string[]
}

const MOST_LINES = 40
const PATIENCE_MS = 30_000

/**
 * Given lines in better words: only they are sources, and each sentence says which it was made from. undefined: there is no model, no draft left today, it failed, or one sentence
 * did not trace; then the lines themselves stand. 404 for a customer the caller neither follows nor leads. Counts as one draft.
 */
export async function wordLines(
  ctx: Ctx,
  {
    customerId,
    lines,
    signal = AbortSignal.timeout(PATIENCE_MS),
  }: { customerId: CustomerId; lines: Line[]; signal?: AbortSignal },
): Promise<WordedLine[] | undefined> {
  const userId = memberOf(ctx)
  const self = await selectNames(ctx.sql, customerId, userId)
  if (!self) throw noSuchCustomer()
  if (!ctx.model || lines.length === 0) return undefined
  const others = await selectNamed(ctx.sql, lines.map(({ text }) => text).join('\n'), userId, customerId)
  const sources = lines.slice(0, MOST_LINES).map(({ text }, i): Source => ({
    id: `L${i + 1}`,
    kind: 'note',
    label: '',
    text: escapeData(redact(text, { self, others }, 'take')),
  }))
  if ((await takeDraft(ctx.sql, userId, shopDay(ctx.now()), ctx.config.dailyDrafts)) === undefined) return undefined
  const said = await read(ctx, sources, signal)
  const named = said && (await selectNamed(ctx.sql, said.map(({ text }) => text).join('\n'), userId, customerId))
  if (named?.length) return undefined
  return said?.map(({ text, ids }) => ({
    text: text.replaceAll(CALLED, '客户'),
    ids: ids.map((id) => lines[Number(id.slice(1)) - 1]!.id),
  }))
}

async function read(ctx: Ctx, sources: Source[], signal: AbortSignal): Promise<WordedLine[] | undefined> {
  const cutter = new Lines()
  const whole: string[] = []
  try {
    for await (const piece of ctx.model!.write({ ...promptOf('summary', null, sources), signal }))
      whole.push(...cutter.take(piece))
  } catch (error) {
    if (!signal.aborted && !(error instanceof ModelError)) throw error
    return undefined
  }
  const said = [...whole, ...cutter.end()].flatMap(readLine)
  const traced = said.every(({ text, ids }) => {
    const cited = sources.filter(({ id }) => ids.includes(id))
    return cited.length === ids.length && traceSentence(text, cited, 'summary') === undefined
  })
  return traced && said.length > 0 ? said : undefined
}
