import type { DraftMode, DraftSource, WithheldReason } from '#shared/drafts.ts'
import { amountKeys, amountsIn } from './amounts.ts'
import { personsIn } from './persons.ts'
import { promisesIn } from './promises.ts'
import { CALLED } from './redact.ts'
import { hasUnseen, pairsOf, plain } from './text.ts'

/** What a draft may lean on. `outside`: words that came from elsewhere (a product's name), which found no price, date or promise. */
export interface Source extends DraftSource {
  text: string
  outside?: string
  /** Both in one reading order, for the model; absent: `text`. */
  shown?: string
}

export interface Verdict {
  reason: WithheldReason
  /** The stretch that no cited source has. */
  piece: string
}

/** To a customer, what costs and what binds comes from the library, the orders or the rep's own text; a note is somebody's memory. */
const FOUNDS: Record<'price' | 'promise', DraftSource['kind'][]> = {
  price: ['reply', 'order', 'text'],
  promise: ['reply', 'text'],
}

const LINK =
  /(?:https?:\/\/|www\.)[^\s，。；！？、）)】"'“”]+|(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:com|cn|net|org|top|xyz|shop|vip|cc|io|co|me|info|link|site|club|app|example)\b[^\s，。；！？、）)】"'“”]*/gi
const CONTACT =
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\d)(?:\+?86[\s-]?)?1[3-9]\d(?:[\s-]?\d{4}){2}(?!\d)|(?<!\d)0\d{2,3}[\s-]?\d{7,8}(?!\d)|(?<!\d)\d{7,}[xX]?(?!\d)/g
const MARKUP =
  /[<>`]|\*\*|__|~~|!?\[[^\]]*\]\s*\(|^\s*(?:#{1,6}\s|>|\||[-*+]\s)|\{\{|\}\}|\|\||=\s*["']|&(?:[a-z]+|#\d+);/im
/** Neither Chinese, Latin, digits, the marks of both, nor emoji: only a product may be called so. */
const FOREIGN = /[^\p{Script=Han}a-zA-Z0-9\s\p{P}\p{S}\p{Extended_Pictographic}\p{Emoji_Component}À-ÿ々]+/gu
const BLANK = /〔[^〕]*〕?|〕/
const COURTEOUS = /您好|你好|好的|谢谢|感谢|麻烦|辛苦|稍等|不客气|抱歉|不好意思|请放心|没问题|可以的|收到|祝/

/** The first thing in a sentence that nothing it cites has said; undefined: all of it is traced. `sentence` still holds its blanks. */
export function traceSentence(sentence: string, cited: Source[], mode: DraftMode): Verdict | undefined {
  const raw = sentence.replaceAll(CALLED, '')
  const verdict = (reason: WithheldReason, piece: string): Verdict => ({ reason, piece: piece.trim().slice(0, 40) })
  if (hasUnseen(raw)) return verdict('markup', raw)
  const markup = MARKUP.exec(raw)
  if (markup) return verdict('markup', markup[0])
  const blank = BLANK.exec(raw)
  if (blank) return verdict('blank', blank[0])
  if (cited.length === 0) return verdict('uncited', raw)
  const all = cited.map(({ text, outside = '' }) => `${text}\n${outside}`).join('\n')
  const link = (raw.match(LINK) ?? []).find((one) => !all.includes(one))
  if (link) return verdict('link', link)
  const known = plain(all)
  const bareOf = (text: string) => text.replace(/[\s-]/g, '')
  const contact = (raw.normalize('NFKC').match(CONTACT) ?? []).find(
    (one) => !bareOf(known).includes(bareOf(one.toLowerCase())),
  )
  if (contact) return verdict('contact', contact)
  const said = plain(raw.replace(LINK, ' ').normalize('NFKC').replace(CONTACT, ' '))
  const named = plain(cited.map(({ outside = '' }) => outside).join('\n'))
  const foreign = (said.match(FOREIGN) ?? []).find((one) => !named.includes(one))
  if (foreign) return verdict('word', foreign)
  return (
    traceAmounts(said, cited, mode, verdict) ??
    traceWords(said, known, verdict) ??
    (isGrounded(said, known) ? undefined : verdict('ungrounded', raw))
  )
}

/** Of the people known to be named in a sentence, one whom nothing it cites names. */
export function tracePersons(cited: Source[], names: string[]): Verdict | undefined {
  const name = names.find((one) => !cited.some(({ text, outside = '' }) => `${text}\n${outside}`.includes(one)))
  return name === undefined ? undefined : { reason: 'person', piece: name }
}

type Say = (reason: WithheldReason, piece: string) => Verdict
const outward = (mode: DraftMode): boolean => mode !== 'summary' && mode !== 'note'

function traceAmounts(said: string, cited: Source[], mode: DraftMode, verdict: Say): Verdict | undefined {
  const founding = (kind: 'price' | 'promise') =>
    outward(mode) ? cited.filter((one) => FOUNDS[kind].includes(one.kind)) : cited
  const keysOf = (sources: Source[]) => sources.map(({ text }) => amountKeys(plain(text)))
  const [any, priced] = [keysOf(cited), keysOf(founding('price'))]
  // A size in a product's name is its own.
  const named = cited.flatMap(({ outside }) =>
    outside
      ? amountsIn(plain(outside))
          .filter(({ kind }) => kind === 'quantity')
          .flatMap(({ keys }) => keys)
      : [],
  )
  for (const { kind, piece, keys } of amountsIn(said)) {
    const found = kind === 'price' ? priced : any
    if (!keys.some((key) => found.some((has) => has.has(key)) || (kind === 'quantity' && named.includes(key))))
      return verdict(kind, piece)
  }
  const promised = new Set(founding('promise').flatMap(({ text }) => promisesIn(plain(text)).map(({ key }) => key)))
  const unkept = promisesIn(said).find(({ key }) => !promised.has(key))
  return unkept && verdict(unkept.kind, unkept.piece)
}

function traceWords(said: string, known: string, verdict: Say): Verdict | undefined {
  const person = personsIn(said).find((one) => !known.includes(one))
  if (person) return verdict('person', person)
  const latin = (said.match(/[a-zà-ÿ]+/g) ?? []).find(
    (word) => !new RegExp(`(?<![a-zà-ÿ])${word}(?![a-zà-ÿ])`).test(known),
  )
  return latin === undefined ? undefined : verdict('word', latin)
}

/**
 * Called once everything else is traced. One pair of characters in six stands in a cited source, where a figure, a promise or a Latin word that does counts for two; a short sentence shares
 * one, or is a courtesy.
 */
function isGrounded(said: string, known: string): boolean {
  const pairs = pairsOf(said)
  const facts =
    amountsIn(said).filter(({ kind }) => kind !== 'date').length +
    promisesIn(said).length +
    (said.match(/[a-z]{2,}/g) ?? []).length
  const close = known.replace(/\s/g, '')
  const shared = pairs.filter((pair) => close.includes(pair)).length + 2 * facts
  if (pairs.length < 8) return pairs.length === 0 || shared > 0 || COURTEOUS.test(said)
  return shared >= pairs.length / 6
}
