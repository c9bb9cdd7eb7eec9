import { ConnectionSegment, PurchaseSegment } from '#shared/rfm.ts'
import { defineMessages } from './i18n.ts'

/** How a customer stands, in the words lists, cards and the desk share. */
const t = defineMessages({
  best: ['重要价值', 'Best'],
  loyal: ['稳定回购', 'Loyal'],
  promising: ['新近购买', 'Promising'],
  steady: ['一般', 'Steady'],
  slipping: ['重要挽回', 'Slipping away'],
  lapsed: ['久未购买', 'Lapsed'],
  close: ['常来常往', 'Close'],
  lively: ['有来有往', 'Lively'],
  fresh: ['刚有动静', 'Fresh'],
  quiet: ['偶有动静', 'Quiet'],
  cooling: ['渐渐疏远', 'Cooling'],
  silent: ['没有动静', 'Silent'],
})

export const segmentText = (segment: PurchaseSegment | ConnectionSegment): string => t(segment)
export const PURCHASE_SEGMENTS = PurchaseSegment.options
export const CONNECTION_SEGMENTS = ConnectionSegment.options
