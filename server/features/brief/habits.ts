import { SHOP_MS } from '#shared/shop-time.ts'
import { BANDS } from '#shared/tastes.ts'
import { readTastes } from '../preferences/service.ts'
import type { Day, Draft } from './lines.ts'
import type { BriefFacts } from './queries.ts'

/** `category:针织衫` in words; a band by its prices. */
export function bandText(word: string): string {
  const value = word.slice(word.indexOf(':') + 1)
  const band = word.startsWith('band:') ? BANDS[Number(value)] : undefined
  if (!band) return value
  return band[1] === null ? `${band[0]} 元以上` : `${band[0]}–${band[1]} 元`
}

/** What they buy again and again, as the home shows it; linked to the newest order, or note, that says so. */
export function tasteLine({ orders, notes, denied }: BriefFacts): Draft[] {
  const lines = orders.flatMap(({ id, at, items }) => items.map((item) => ({ orderId: id, at, ...item })))
  // A private note is its writer's: what is read of it here would be printed.
  const open = notes.filter(({ secret }) => !secret)
  const tastes = readTastes(lines, open, new Set(denied.map(({ word }) => word)))
  const row = tastes
    .flatMap(({ rows }) => rows)
    .toSorted((a, b) => (a.at < b.at ? 1 : -1))
    .at(0)
  if (!row) return []
  const words = tastes.map(({ word }) => bandText(word))
  const mine = row.source === 'order' || (open.find(({ id }) => id === row.id)?.mine ?? false)
  return [
    {
      text: `常买：${words.join('、')}`,
      record: { kind: row.source, id: row.id, mine },
      more: tastes.map(({ word, count }) => `${bandText(word)} ${count} 次`).join('；'),
      at: row.at,
      by: null,
    },
  ]
}

const HOURS: [name: string, from: number, until: number][] = [
  ['上午', 6, 12],
  ['下午', 12, 18],
  ['晚上', 18, 24],
]
const LEAST_ACTS = 5
const CLEAR = 0.6

/** When they act by themselves: the part of the day of at least five sales, where it is that of three in five. Their messages are not known without WeCom's archive. */
export function actLine({ orders }: BriefFacts): Draft[] {
  const sales = orders.filter(({ kind }) => kind === 'sale')
  if (sales.length < LEAST_ACTS) return []
  const hour = (at: string) => new Date(new Date(at).getTime() + SHOP_MS).getUTCHours()
  for (const [name, from, until] of HOURS) {
    const then = sales.filter(({ at }) => hour(at) >= from && hour(at) < until)
    const [newest] = then
    if (!newest || then.length / sales.length < CLEAR) continue
    return [
      {
        text: `多在${name}下单（${sales.length} 单里 ${then.length} 单）`,
        record: { kind: 'order', id: newest.id, mine: true },
        more: `按下单时间算，${from}–${until} 点；看不到聊天内容，这是个近似`,
        at: newest.at,
        by: null,
      },
    ]
  }
  return []
}

const LEAST_SENDS = 3

/** How the member writes to them: which reply most often, and how long. Silent before three messages. */
export function sendLine({ sends }: BriefFacts, day: Day): Draft[] {
  if (sends.length < LEAST_SENDS) return []
  const [newest] = sends
  const titles = sends.flatMap(({ title }) => title ?? [])
  const counts = [...Map.groupBy(titles, (title) => title)].map(([title, all]) => ({ title, n: all.length }))
  const usual = counts.toSorted((a, b) => b.n - a.n)[0]
  const lengths = sends.map(({ length }) => length).toSorted((a, b) => a - b)
  const middle = lengths[lengths.length >> 1]!
  const what = usual && usual.n > 1 ? `常发「${usual.title}」${usual.n} 次，` : ''
  return [
    {
      text: `${what}发过 ${sends.length} 条，多在 ${Math.ceil(middle / 10) * 10} 字内，最近 ${day(newest!.at)}`,
      record: { kind: 'send', id: newest!.key, mine: true },
      more: counts.map(({ title, n }) => `${title} ${n} 次`).join('；') || `${sends.length} 条，都是自己写的`,
      at: newest!.at,
      by: null,
    },
  ]
}
