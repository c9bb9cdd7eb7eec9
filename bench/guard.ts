import { DAY_MS } from '../shared/shop-time.ts'
import { DEFAULT_RULES, judge, pressureOf, type Situation } from '../server/features/guard/pressure.ts'
import { type Figures, round } from './lib/table.ts'

const now = new Date('2026-01-15T12:00:00+08:00')
const ago = (days: number) => new Date(now.getTime() - days * DAY_MS)
const promotions = (...days: number[]) => days.map((day) => ({ at: ago(day), kind: 'promotion' as const }))
const mass = (...days: number[]) => days.map((day) => ({ at: ago(day), kind: 'mass' as const }))
const calm: Situation = { touches: [], rules: DEFAULT_RULES, quiet: undefined, refused: false, now }
const ten = promotions(...Array.from({ length: 10 }, () => 7))

type Example = [name: string, kind: 'promotion' | 'mass' | 'service', situation: Partial<Situation>]
const EXAMPLES: Example[] = [
  ['nothing was said before', 'promotion', {}],
  ['two promotions, 2 and 6 days ago', 'promotion', { touches: promotions(2, 6) }],
  ['six promotions a week ago', 'promotion', { touches: promotions(7, 7, 7, 7, 7, 7) }],
  ['ten promotions a week ago', 'promotion', { touches: ten }],
  ['three promotions this week', 'promotion', { touches: promotions(1, 3, 6) }],
  ['asked not to be contacted', 'promotion', { refused: true }],
  ['in quiet hours (11:00 to 13:00)', 'promotion', { quiet: { from: 660, until: 780 } }],
  ['to many, in quiet hours', 'mass', { quiet: { from: 660, until: 780 } }],
  ['to many, the fifth of the month', 'mass', { touches: mass(8, 10, 12, 13) }],
  ['an answer, after all of that', 'service', { touches: ten, refused: true, quiet: { from: 0, until: 1439 } }],
]

/** What the contact guard says, by the rules a shop begins with. Noon of 15 January 2026 in China. */
export async function measure(): Promise<Figures[]> {
  const touches = [0, 2, 5].map((days, i) => ({ days, weight: [1, 1, 2][i]! }))
  const { weights, warnAt, blockAt, weekly, monthly } = DEFAULT_RULES
  return [
    {
      name: 'guard, pressure',
      about: 'Σ weight · 2^(−days / 7)',
      rows: [{ touches: 'weights 1, 1, 2 at 0, 2, 5 days', pressure: round(pressureOf(touches), 3), expected: 3.039 }],
    },
    {
      name: 'guard, examples',
      about: `weights ${weights.mass}, ${weights.promotion}, ${weights.service} (to many, promotion, answer); warned from ${warnAt}, stopped from ${blockAt}; ${weekly} a week, ${monthly} to many a month`,
      rows: EXAMPLES.map(([situation, message, given]) => {
        const { verdict, pressure, week, reasons } = judge(message, { ...calm, ...given })
        const why = reasons.map(({ kind, value, limit, until }) =>
          [kind, value !== null && `${value} of ${limit}`, until && `until ${until}`].filter(Boolean).join(' '),
        )
        return { situation, message, verdict, pressure, week, why: why.join('; ') || '–' }
      }),
    },
  ]
}
