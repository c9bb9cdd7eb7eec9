import type { CustomerId } from '#shared/ids.ts'
import type { DraftMode } from '#shared/drafts.ts'
import type { Reply } from '#shared/replies.ts'
import { SHOP_MS } from '#shared/shop-time.ts'
import { fillText, type VariableValues } from '#shared/variables.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { noSuchCustomer } from '#server/errors.ts'
import { askReplies } from '../ask/service.ts'
import { historyOf, type KnownOf, type KnownOrder } from '../preferences/service.ts'
import { escapeData } from './prompt.ts'
import { type About, selectAbout, selectNamed } from './queries.ts'
import { CALLED, hasBlank, type People, redact } from './redact.ts'
import { sentencesOf } from './text.ts'
import type { Source } from './trace.ts'

const MOST_ORDERS = 3
const MOST_NOTES = 5
/** Characters of one source; a draft is a few sentences. */
const LONGEST = 600
const MOST_ITEMS = 6
const LONGEST_NAME = 80

export interface Facts {
  about: About
  /** What the customer said, as the model may see it; null where the text is the rep's, or there is none. */
  said: string | null
  sources: Source[]
}

/** Everything this draft may lean on: this customer's alone, redacted, each under an id. 404 for a customer who is not the caller's. */
export async function factsOf(ctx: Ctx, customerId: CustomerId, mode: DraftMode, text: string): Promise<Facts> {
  const userId = memberOf(ctx)
  const about = await selectAbout(ctx.sql, customerId, userId)
  if (!about) throw noSuchCustomer()
  const people = (others: string[]): People => ({ self: about.names, others })
  if (mode !== 'draft' && mode !== 'summary') {
    const who = people(await selectNamed(ctx.sql, text, userId, customerId))
    const own = mode !== 'note'
    const given: Source = {
      id: own ? 'T1' : 'P1',
      kind: 'text',
      label: own ? '你写的话' : '你粘贴的内容',
      text: escapeData(redact(text, who, own ? 'keep' : 'take')).slice(0, MOST_TEXT),
    }
    return { about, said: null, sources: [given] }
  }
  const [history, asked] = await Promise.all([
    historyOf(ctx, customerId),
    mode === 'draft' ? findReplies(ctx, customerId, text) : [],
  ])
  const words = [text, ...history.notes.map(({ body }) => body), ...asked.map((reply) => JSON.stringify(reply.parts))]
  const who = people(await selectNamed(ctx.sql, words.join('\n'), userId, customerId))
  const values = valuesOf(about, history)
  return {
    about,
    said: mode === 'draft' ? escapeData(redact(text, who, 'take')).slice(0, MOST_TEXT) : null,
    sources: [
      ...asked.flatMap((reply, i) => fromReply(reply, i + 1, values, who)),
      ...history.orders.slice(0, MOST_ORDERS).map((order, i) => fromOrder(order, i + 1, who)),
      ...history.notes.slice(0, MOST_NOTES).map(({ at, body }, i) => ({
        id: `N${i + 1}`,
        kind: 'note' as const,
        label: `${dayOf(at)} 的跟进`,
        text: escapeData(redact(body, who, 'take')).slice(0, LONGEST),
      })),
      ...(about.stage
        ? [{ id: 'S1', kind: 'stage' as const, label: '阶段', text: `现在的阶段：${escapeData(about.stage)}` }]
        : []),
    ],
  }
}

const MOST_TEXT = 2000

const MOST_REPLIES = 3
/** Of a long message, clause by clause; more is a letter. */
const MOST_CLAUSES = 6

/** The library's answers to all that was said, and where that is about several things, to each of them. */
async function findReplies(ctx: Ctx, customerId: CustomerId, text: string): Promise<Reply[]> {
  const clauses = text.split(/[，。！？!?；;,\n]+/).filter((clause) => clause.trim().length > 2)
  const found = new Map<string, Reply>()
  for (const words of [text, ...(clauses.length > 1 ? clauses.slice(0, MOST_CLAUSES) : [])]) {
    if (found.size >= MOST_REPLIES) break
    const { answers } = await askReplies(ctx, { customerId, text: words })
    for (const { reply } of answers) found.set(reply.id, reply)
  }
  return [...found.values()].slice(0, MOST_REPLIES)
}

/** A reply without the sentences that want something nobody knows, or that hold what was taken out. */
function fromReply(reply: Reply, nth: number, values: VariableValues, who: People): Source[] {
  const nobody = { self: [], others: [] }
  const said = reply.parts.flatMap((part) => {
    if (part.type === 'text') return filled(part.text, values)
    return part.type === 'link' ? [`${part.title} ${part.url}`] : []
  })
  const kept = said
    .map((one) => redact(one, reply.scope === 'personal' ? who : nobody, 'keep').replaceAll(SLOT, CALLED))
    .filter((one) => !hasBlank(one))
    .map(escapeData)
  const text = kept
    .map((one) => (/https?:/.test(one) ? ` ${one} ` : one))
    .join('')
    .trim()
    .slice(0, LONGEST)
  return text === '' ? [] : [{ id: `R${nth}`, kind: 'reply', label: `话术「${reply.title}」`, text }]
}

/** Stands for 称呼 while a reply is redacted, which would take our own blank for somebody's. */
const SLOT = '\u241f'

/** What nobody knows, or the rep is asked each time. */
const UNKNOWN = '\u2420'

const filled = (text: string, values: VariableValues): string[] =>
  sentencesOf(fillText(text, values).text.replace(/[{｛]{2}[^{}｛｝]*[}｝]{2}/g, UNKNOWN)).filter(
    (one) => !one.includes(UNKNOWN),
  )

function valuesOf({ store }: About, { orders }: KnownOf): VariableValues {
  const sale = orders.find((order) => order.kind === 'sale')
  return {
    称呼: SLOT,
    ...(store && { 门店: store }),
    ...(sale && { '最近订单.商品': sale.items[0]?.name ?? '', '最近订单.日期': chineseDay(sale.at) }),
  }
}

const yuan = (fen: number): string => `${Math.round(fen) / 100}元`

/** Figures are the shop's own; a product's name came from elsewhere and founds nothing but itself. */
function fromOrder({ at, kind, items }: KnownOrder, nth: number, who: People): Source {
  const bought = items.slice(0, MOST_ITEMS).map(({ name, quantity, unitPriceFen }) => ({
    name: escapeData(redact(name, who, 'take')).slice(0, LONGEST_NAME),
    figures: `×${quantity}（单价${yuan(unitPriceFen)}）`,
  }))
  const sum = items.reduce((total, { quantity, unitPriceFen }) => total + quantity * unitPriceFen, 0)
  const whole = `${chineseDate(at)}${kind === 'sale' ? '买了' : '退了'}${items.length}款，合计${yuan(Math.abs(sum))}。`
  return {
    id: `O${nth}`,
    kind: 'order',
    label: `${dayOf(at)} 的${kind === 'sale' ? '订单' : '退货'}`,
    text: `${whole}${bought.map(({ figures }) => figures).join('、')}`,
    outside: bought.map(({ name }) => name).join('、'),
    shown: `${whole}有${bought.map(({ name, figures }) => `${name}${figures}`).join('、')}`,
  }
}

const there = (at: string): Date => new Date(new Date(at).getTime() + SHOP_MS)
const dayOf = (at: string): string => there(at).toISOString().slice(0, 10)
const chineseDay = (at: string): string => `${there(at).getUTCMonth() + 1}月${there(at).getUTCDate()}日`
const chineseDate = (at: string): string => `${there(at).getUTCFullYear()}年${chineseDay(at)}`

/** The calendar day in China, `2026-01-05`. */
export const shopDay = (now: Date): string => new Date(now.getTime() + SHOP_MS).toISOString().slice(0, 10)
