import { basename } from 'node:path'
import { shiftToDay } from '#server/features/orders/import/last-day.ts'
import { CHINA, ImportError, type Layout, parseMapping, PRESETS } from '#server/features/orders/import/mapping.ts'
import type { ImportOptions } from '#server/features/orders/import/run.ts'
import { parseUtcOffset } from '#server/features/orders/import/values.ts'

export const OPTIONS = {
  preset: { type: 'string' },
  map: { type: 'string' },
  source: { type: 'string' },
  currency: { type: 'string' },
  'utc-offset': { type: 'string' },
  'refund-prefix': { type: 'string' },
  'shift-to-date': { type: 'string' },
  errors: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

export const USAGE = `npm run import:orders -- FILE [options]      FILE: 订单行 CSV，可以是 .gz

  --preset online-retail      已知的文件格式（UCI Online Retail，英镑）
  --map order=单号,sku=货号,name=品名,quantity=数量,price=单价,at=下单时间,member=会员号
                              列对应；还可以有 country store channel status logistics url
  --currency CNY              金额的币种，必填（preset 自带）
  --source 名字               订单来源：同一来源里订单号不重复（默认 shop）
  --utc-offset +08:00         文件里时间的时区（默认 +08:00）
  --refund-prefix C           以此开头的订单号是退款（默认 C）
  --shift-to-date 2026-03-11  把所有日期平移整数天，使最后一单落在这一天
  --errors 文件               没入库的行写到哪里（默认 FILE 的名字加 .errors.csv，写在当前目录）

One row is one order line; rows of an order need not stand together. The same file may be imported again: nothing doubles.`

export interface ImportFlags {
  preset?: string
  map?: string
  source?: string
  currency?: string
  'utc-offset'?: string
  'refund-prefix'?: string
  'shift-to-date'?: string
  errors?: string
}

/** Turns what was typed into an import. Throws ImportError with a sentence when it does not make one. */
export async function planImport(files: readonly string[], flags: ImportFlags): Promise<ImportOptions> {
  const [file] = files
  if (file === undefined || files.length !== 1) throw new ImportError('一次导入一个文件')
  const layout = layoutOf(flags)
  const errorsFile = flags.errors ?? `${basename(file)}.errors.csv`
  const day = flags['shift-to-date']
  if (day === undefined) return { file, layout, errorsFile }
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day)))
    throw new ImportError('--shift-to-date 要写成 2026-03-11')
  return { file, layout, errorsFile, shift: (await shiftToDay(file, layout, day)) ?? 0 }
}

/** How to read the file: a preset, changed by what else was given. */
export function layoutOf(flags: ImportFlags): Layout {
  const preset = flags.preset === undefined ? undefined : PRESETS[flags.preset]
  if (flags.preset !== undefined && !preset) {
    throw new ImportError(`没有叫“${flags.preset}”的 preset，可用的：${Object.keys(PRESETS).join(' ')}`)
  }
  const currency = flags.currency ?? preset?.currency ?? ''
  if (!/^[A-Z]{3}$/.test(currency)) throw new ImportError('要用 --currency 说明金额的币种，如 CNY')
  const utcOffset =
    flags['utc-offset'] === undefined ? (preset?.utcOffset ?? CHINA) : parseUtcOffset(flags['utc-offset'])
  if (utcOffset === undefined) throw new ImportError('--utc-offset 要写成 +08:00')
  return {
    source: flags.source ?? preset?.source ?? 'shop',
    currency,
    utcOffset,
    refundPrefix: flags['refund-prefix'] ?? preset?.refundPrefix ?? 'C',
    mapping: parseMapping(flags.map ?? '', preset?.mapping),
  }
}
