import type { RowSet } from '#shared/figures.ts'
import { MOST_A_DAY, MOST_EXPORTED } from '#shared/exports.ts'
import { DAY_MS, SHOP_MS } from '#shared/shop-time.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { instantText, run } from '#server/db/json.ts'
import { AppError } from '#server/errors.ts'
import { doneToday, record } from '../audit/service.ts'
import { figureRows } from '../figures/service.ts'
import { selectRoles } from '../members/service.ts'
import { type Cell, toCsv, toXlsx } from './sheet.ts'

interface Filters {
  days?: '7' | '30' | '90' | undefined
  store?: string | undefined
  member?: string | undefined
  month?: string | undefined
  after?: string | undefined
}

export async function createExport(
  ctx: Ctx,
  {
    export: id,
    figure,
    filters,
    asOf,
    format,
  }: { export: string; figure: RowSet; filters: Filters; asOf: string; format: 'csv' | 'xlsx' },
) {
  const me = memberOf(ctx)
  const expiresAt = new Date(ctx.now().getTime() + DAY_MS)
  return await ctx.sql.begin(async (tx) => {
    if ((await doneToday(tx, me, 'export.created')) >= MOST_A_DAY)
      throw new AppError('too_many_requests', `今天已经导出 ${MOST_A_DAY} 次，请明天再来或联系管理员`)
    const made = await run(
      tx,
      `insert into export_files (id, user_id, figure, filters, format, as_of, created_at, expires_at)
        values ($1::uuid, $2, $3, $4::text::jsonb, $5, $6::timestamptz, $7::timestamptz, $8::timestamptz) on conflict (id) do nothing returning 1`,
      [id, me, figure, JSON.stringify(filters), format, asOf, ctx.now(), expiresAt],
    )
    if (made.length === 0) throw new AppError('conflict', '这个导出编号已经用过了，请重新导出')
    await record(tx, me, { action: 'export.created', subject: figure, detail: { ...filters, format, id } })
    return { path: `/api/exports/${id}/file`, expiresAt: expiresAt.toISOString() }
  })
}

interface Kept {
  figure: RowSet
  filters: Filters
  format: 'csv' | 'xlsx'
  asOf: string
  expired: boolean
}

const words = (at: string): string => new Date(Date.parse(at) + SHOP_MS).toISOString().slice(0, 19).replace('T', ' ')
const HEADINGS = ['时间', '成员', '成员 ID', '客户', '客户 ID', '内容', '计入', '数值']

/** The file, by what its maker may see now: 404 for anybody else, 403 for one who leads nobody any more. Each fetch is recorded. */
export async function fetchExport(ctx: Ctx, id: string): Promise<{ name: string; mime: string; content: Buffer }> {
  const me = memberOf(ctx)
  const [kept] = await run<Kept>(
    ctx.sql,
    `update export_files set downloads = downloads + 1 where id = $1::uuid and user_id = $2
      returning figure, filters, format, ${instantText('as_of')} as "asOf", expires_at < $3::timestamptz as expired`,
    [id, me, ctx.now()],
  )
  if (!kept) throw new AppError('not_found', '没有这个导出文件')
  if (kept.expired) throw new AppError('not_found', '这个导出文件已过期，请重新导出')
  if (!(await selectRoles(ctx.sql, me)).includes('manager'))
    throw new AppError('forbidden', '你已不再负责部门，不能下载')
  const found = await figureRows(ctx, kept.figure, kept.filters, kept.asOf, MOST_EXPORTED)
  const name = ctx.actor.kind === 'member' ? ctx.actor.name : me
  const mark = `旁白导出 · ${name}（${me}）· ${words(ctx.now().toISOString())} · 编号 ${id} · 含客户资料，请勿外传`
  const rows: Cell[][] = [
    [mark],
    HEADINGS,
    ...found.map((row): Cell[] => [
      words(row.at),
      row.memberName,
      row.userId,
      row.customerName ?? '',
      row.customerId ?? '',
      row.text,
      row.counts ? 1 : 0,
      row.amount,
    ]),
  ]
  await record(ctx.sql, me, { action: 'export.fetched', subject: kept.figure, detail: { id, rows: found.length } })
  const content = kept.format === 'csv' ? toCsv(rows) : await toXlsx(rows)
  const mime =
    kept.format === 'csv'
      ? 'text/csv; charset=utf-8'
      : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  return { name: `旁白-${kept.figure}-${kept.asOf.slice(0, 10)}.${kept.format}`, mime, content }
}
