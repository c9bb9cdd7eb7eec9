import type { AskAnswer } from '#shared/ask.ts'
import { isVariable, variablesIn, type VariableValues } from '#shared/variables.ts'
import { t } from './ask-messages.ts'
import type { Range } from './fold.ts'
import type { Hit } from './search.ts'

const ORDER = '最近订单.'
/** A question mark at the end, or longer than anybody's search words: what a customer said. */
const LONG = 12

export const looksAsked = (query: string): boolean => /[?？]\s*$/.test(query) || query.trim().length >= LONG

/** An answer as the panel's rows know it; `inBody` where the title holds none of what matched. */
export function hitOf({ reply, matched }: AskAnswer): Hit {
  const marks = marksIn(reply.title, matched)
  return { reply, marks, inBody: marks.length === 0 }
}

/** Why an answer is one: what matched, who uses it, and what it knows of this customer's last order. */
export function whyOf({ reply, matched }: AskAnswer, values: VariableValues): string[] {
  const words = matched.slice(0, 3).join(t('between'))
  const goods = ordered(
    reply.parts.flatMap((part) => (part.type === 'text' ? variablesIn(part.text) : [])),
    values,
  )
  return [
    words === '' ? t('bySound') : t('because', { words }),
    ...(reply.uses > 0 ? [t('mine', { n: reply.uses })] : []),
    ...(reply.teamUses > reply.uses ? [t('team', { n: reply.teamUses })] : []),
    ...(goods ? [t('order', { goods })] : []),
  ]
}

const ordered = (names: string[], values: VariableValues): string | undefined =>
  names.some((name) => isVariable(name) && name.startsWith(ORDER) && values[name]) ? values['最近订单.商品'] : undefined

/** Where these words stand in a text: in order, without overlaps; a longer word wins. */
export function marksIn(text: string, words: readonly string[]): Range[] {
  const marks: Range[] = []
  for (const word of words)
    for (let at = text.indexOf(word); at >= 0 && word !== ''; at = text.indexOf(word, at + word.length))
      if (marks.every(([from, to]) => at >= to || at + word.length <= from)) marks.push([at, at + word.length])
  return marks.sort((a, b) => a[0] - b[0])
}
