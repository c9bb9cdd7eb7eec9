import type { Follow } from '../types.ts'
import type { Random } from './random.ts'

export type Source = Pick<Follow, 'addWay' | 'operUserid' | 'state' | 'wechatChannels'>

interface Way {
  addWay: number
  weight: number
  /** Who pressed the button: the member, the customer, or the administrator. */
  by: 'member' | 'customer' | 'admin'
  states?: string[]
}

const WAYS: Way[] = [
  {
    addWay: 1,
    weight: 40,
    by: 'member',
    states: ['store_jingan_counter', 'store_xuhui_counter', 'store_hubin_counter', 'xmas_market'],
  },
  { addWay: 1, weight: 14, by: 'member' },
  { addWay: 16, weight: 12, by: 'customer', states: ['douyin_gift_2025', 'xhs_candle_note'] },
  { addWay: 3, weight: 9, by: 'customer' },
  { addWay: 4, weight: 8, by: 'member' },
  { addWay: 10, weight: 6, by: 'customer' },
  { addWay: 2, weight: 4, by: 'customer' },
  { addWay: 6, weight: 2, by: 'member' },
  { addWay: 24, weight: 2, by: 'customer' },
  { addWay: 0, weight: 1, by: 'member' },
]

/** How this customer came to this member, in the proportions of a shop that hangs QR codes at its counters. */
export function sourceOf(random: Random, userid: string, externalUserid: string): Source {
  let left = random.next() * WAYS.reduce((sum, way) => sum + way.weight, 0)
  const way = WAYS.find((candidate) => (left -= candidate.weight) < 0) ?? WAYS[0]!
  const source: Source = { addWay: way.addWay, operUserid: way.by === 'customer' ? externalUserid : userid }
  if (way.states) source.state = random.pick(way.states)
  if (way.addWay === 10) source.wechatChannels = { nickname: '拾光礼物生活馆', source: random.between(1, 3) }
  return source
}

/** A customer who already had one rep reached a second one through a colleague (201) or the administrator (202). */
export function sharedSource(random: Random, firstUserid: string): Source {
  return random.chance(0.6) ? { addWay: 201, operUserid: firstUserid } : { addWay: 202, operUserid: 'ShenAn' }
}
