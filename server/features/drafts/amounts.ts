import { type Amount, RULES } from './amount-rules.ts'
import { bare, g, LATER, NONE, NUM, UNIT, valueOf } from './amount-units.ts'
import { CHINESE_DIGIT } from './numerals.ts'

/** 1-3个工作日 says of both numbers what they count. */
const RANGE = g(`(${NUM})\\s*(?:-|–|—|~|至|到)\\s*(?=(?:${NUM})\\s*((?:个)?(?:元|块钱?|折|${UNIT})))`)
const SHORT: [RegExp, string][] = [
  [/今晚/g, '今天晚上'],
  [/明晚/g, '明天晚上'],
  [/后晚/g, '后天晚上'],
  [/今早/g, '今天早上'],
  [/明早/g, '明天早上'],
  [/当晚/g, '当天晚上'],
]

/** Every amount in a text that `plain` has made comparable. */
export function amountsIn(text: string): Amount[] {
  let rest = SHORT.reduce((said, [short, long]) => said.replace(short, long), text.replace(NONE, '\n'))
    .replace(
      g(`([${CHINESE_DIGIT}])点([${CHINESE_DIGIT}])(?=折|倍|元|块|米|公斤|斤|厘米)`),
      (_, a: string, b: string) => `${valueOf(a)}.${valueOf(b)}`,
    )
    .replace(RANGE, '$1$2-')
  const found: Amount[] = []
  for (const [pattern, read] of RULES)
    rest = rest.replace(pattern, (...args) => {
      const groups = args.slice(
        0,
        args.findIndex((one) => typeof one === 'number'),
      ) as string[]
      const at = args[groups.length] as number
      const amount = read(groups as unknown as RegExpExecArray, rest.slice(Math.max(0, at - 2), at))
      if (!amount) return groups[0]!
      found.push({ piece: groups[0]!.trim(), ...amount })
      return '\n'
    })
  return found
}

const TIMES = /^[×x*]/

/** All that a source may be cited for: what it says, and what follows from it (the month of a date, a number without its unit). */
export function amountKeys(text: string): Set<string> {
  const keys = new Set<string>()
  for (const { keys: own, piece } of amountsIn(text)) {
    for (const key of own) if (!key.startsWith('×') || TIMES.test(piece)) keys.add(key)
    const [kind = '', value = ''] = own[0]!.split(/:(.*)/s)
    if (kind === 'ymd') {
      const [y, m, d] = value.split('-')
      for (const key of [`md:${m}-${d}`, `m:${m}`, `号:${d}`, `y:${y}`, `ym:${y}-${m}`]) keys.add(key)
    }
    if (kind === 'md') for (const key of [`m:${value.split('-')[0]}`, `号:${value.split('-')[1]}`]) keys.add(key)
    if (kind === 't' && LATER.test(piece)) keys.add(`t:${Number(value.split(':')[0]) % 12}:${value.split(':')[1]}`)
    if (kind === 't' && LATER.test(piece)) keys.add(`d:${LATER.exec(piece)![0]}`)
    if (['满', '减', '返', '补'].includes(kind)) keys.add(`元:${value}`)
    if (!['ymd', 'md', 't', 'w', 'd', 'm', '~'].includes(kind))
      for (const n of piece.match(g(NUM)) ?? []) keys.add(bare(valueOf(n)))
  }
  return keys
}
