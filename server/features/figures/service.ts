import { FigureId, type Figures, type RowSet } from '#shared/figures.ts'
import { DAY_MS, SHOP_MS } from '#shared/shop-time.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { cutPage, readCursor, writeCursor } from '#server/db/cursor.ts'
import { enqueue } from '#server/jobs/enqueue.ts'
import { KINDS } from './rows.ts'
import {
  countRows,
  isLarge,
  type Scope,
  selectAnswer,
  selectAround,
  selectCohorts,
  selectFigure,
  selectLived,
  selectMembers,
  selectRows,
  writeAnswer,
} from './queries.ts'
import { survivalAt } from './survival.ts'

interface Filters {
  days?: '7' | '30' | '90' | undefined
  store?: string | undefined
  member?: string | undefined
}
interface RowFilters extends Filters {
  month?: string | undefined
  after?: string | undefined
}

const PAGE = 50
const ROW = /^.{1,200}$/
const FRESH_MS = 600_000
/** What takes longer than this is not taken anew while somebody waits. */
const SLOW_MS = 300
/** The curve of survival: a point every so many days, two years of them. */
const CURVE_DAYS = 30
const MOST_POINTS = 25

const keyOf = ({ days = '30', store = '', member = '' }: Filters): string => `${days} ${store} ${member}`

/** Whole days before today's midnight in China, and today so far. */
export function scopeOf(me: string, { days = '30', store, member, month, after }: RowFilters, asOf: Date): Scope {
  const midnight = Math.floor((asOf.getTime() + SHOP_MS) / DAY_MS) * DAY_MS - SHOP_MS
  const from = new Date(midnight - (Number(days) - 1) * DAY_MS)
  const ties = { month: month ?? null, after: after === undefined ? null : Number(after) }
  return { me, from, to: asOf, store: store === undefined ? null : Number(store), member: member || null, ...ties }
}

/** Fresh, or quickly taken anew, or as they were with a job on its way. */
export async function readFigures(ctx: Ctx, filters: Filters): Promise<Figures> {
  const me = memberOf(ctx)
  const kept = await selectAnswer(ctx.sql, me, keyOf(filters))
  const age = kept ? ctx.now().getTime() - Date.parse(kept.takenAt) : Infinity
  const later = () =>
    enqueue(
      ctx.sql,
      'figures.take',
      { userId: me, filters: { ...filters } },
      { key: `figures ${me} ${keyOf(filters)}` },
    )
  if (kept && kept.tookMs > SLOW_MS) {
    if (age < FRESH_MS) return kept.answer
    await later()
    return { ...kept.answer, recounting: true }
  }
  if (!kept && (await isLarge(ctx.sql, me))) {
    await later()
    const { from, to } = scopeOf(me, filters, ctx.now())
    const none = { figures: [], cohorts: [], survival: [] }
    return {
      asOf: to.toISOString(),
      from: from.toISOString(),
      pending: true,
      ...(await selectAround(ctx.sql, me)),
      ...none,
    }
  }
  return await takeFigures(ctx, me, filters)
}

/** Counts everything anew and keeps the answer. */
export async function takeFigures(ctx: Ctx, me: string, filters: Filters): Promise<Figures> {
  const began = performance.now()
  const asOf = ctx.now()
  const scope = scopeOf(me, filters, asOf)
  const narrowed = scope.store !== null || scope.member !== null
  const stepDays = (filters.days ?? '30') === '7' ? 1 : 7
  const steps = Math.ceil((scope.to.getTime() - scope.from.getTime()) / (stepDays * DAY_MS))
  const [around, lived, cohorts] = await Promise.all([
    selectAround(ctx.sql, me),
    selectLived(ctx.sql, scope),
    selectCohorts(ctx.sql, scope),
  ])
  const figures: Figures['figures'] = []
  for (const id of FigureId.options) {
    const figure = await selectFigure(ctx.sql, id, scope, stepDays)
    const whole = { ...scope, store: null, member: null }
    const team = narrowed ? await selectFigure(ctx.sql, id, whole, stepDays, false) : null
    const trend = Array.from({ length: steps }, (_, step) => {
      const at = new Date(scope.from.getTime() + step * stepDays * DAY_MS).toISOString()
      const found = figure.steps.find((one) => one.step === step)
      const none = KINDS[id] === 'sum' ? 0 : null
      return { at, value: found?.value ?? none, n: found?.n ?? 0 }
    })
    figures.push({ id, value: figure.value, n: figure.n, team: team?.value ?? null, trend })
  }
  const answer: Figures = {
    asOf: asOf.toISOString(),
    from: scope.from.toISOString(),
    ...around,
    figures,
    cohorts,
    survival: survivalAt(lived, CURVE_DAYS, MOST_POINTS),
  }
  await writeAnswer(ctx.sql, me, keyOf(filters), answer, Math.round(performance.now() - began), asOf)
  return answer
}

/** The moment of the figure that was clicked, never one to come. */
function momentOf(ctx: Ctx, asOf: string | undefined): Date {
  const now = ctx.now()
  const then = asOf === undefined ? now : new Date(asOf)
  return then > now ? now : then
}

export async function readFigureMembers(
  ctx: Ctx,
  { figure, asOf, ...filters }: Filters & { figure: FigureId; asOf?: string | undefined },
) {
  const scope = scopeOf(memberOf(ctx), filters, momentOf(ctx, asOf))
  return { members: await selectMembers(ctx.sql, figure, scope) }
}

/** By the clock of the figure that was clicked, so that what came since is not among its rows. */
export async function listFigureRows(
  ctx: Ctx,
  {
    figure,
    cursor,
    asOf,
    ...filters
  }: RowFilters & { figure: RowSet; asOf?: string | undefined; cursor?: string | undefined },
) {
  const scope = scopeOf(memberOf(ctx), filters, momentOf(ctx, asOf))
  const after = cursor === undefined ? null : readCursor(cursor, ROW)
  const [found, counts] = await Promise.all([
    selectRows(ctx.sql, figure, scope, after, PAGE + 1),
    after === null ? countRows(ctx.sql, figure, scope) : null,
  ])
  const { rows, nextCursor } = cutPage(found, PAGE, ({ at, id }) => writeCursor({ at, id }))
  return { rows, nextCursor, total: counts?.total ?? null, counted: counts?.counted ?? null }
}

/** The first rows of a figure as of a moment, for a file. */
export const figureRows = (ctx: Ctx, figure: RowSet, filters: RowFilters, asOf: string, most: number) =>
  selectRows(ctx.sql, figure, scopeOf(memberOf(ctx), filters, new Date(asOf)), null, most)
