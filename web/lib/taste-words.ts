import { BANDS, RHYTHMS, type TasteKind } from '#shared/tastes.ts'
import { defineMessages } from './i18n.ts'

const t = defineMessages({
  category: ['品类', 'Kind'],
  colour: ['颜色', 'Colour'],
  size: ['尺码', 'Size'],
  band: ['价位', 'Price'],
  rhythm: ['多久买一次', 'How often'],
  bandFrom: ['{from} 元以上', '¥{from} and more'],
  bandTo: ['{from}–{to} 元', '¥{from}–{to}'],
  rhythm0: ['每周都买', 'Every week'],
  rhythm1: ['两周左右', 'Every other week'],
  rhythm2: ['一个月左右', 'Every month'],
  rhythm3: ['两三个月', 'Every few months'],
  rhythm4: ['隔很久', 'Seldom'],
})
const RHYTHM_WORDS = ['rhythm0', 'rhythm1', 'rhythm2', 'rhythm3', 'rhythm4'] as const
const KINDS = ['category', 'colour', 'size', 'band', 'rhythm'] as const

export const kindText = (kind: TasteKind): string => t(kind)

/** What is liked, in words: `band:1` is 100–300 元. */
export function tasteText(kind: TasteKind, value: string): string {
  const rhythm = kind === 'rhythm' ? RHYTHM_WORDS[Number(value)] : undefined
  if (rhythm) return t(rhythm)
  const band = kind === 'band' ? BANDS[Number(value)] : undefined
  if (!band) return value
  return band[1] === null ? t('bandFrom', { from: band[0] }) : t('bandTo', { from: band[0], to: band[1] })
}

/** What a list can be cut by: the words the shop's customers like, all prices and all rhythms. */
export function tasteGroups(words: readonly string[] = []) {
  const fixed = [...BANDS.keys()].map((at) => `band:${at}`).concat([...RHYTHMS.keys()].map((at) => `rhythm:${at}`))
  return KINDS.map((kind) => ({
    kind,
    label: kindText(kind),
    options: [...words, ...fixed]
      .filter((word) => word.startsWith(`${kind}:`))
      .map((word) => ({ word, label: tasteText(kind, word.slice(kind.length + 1)) })),
  })).filter(({ options }) => options.length > 0)
}
