import { ADD_WAYS } from '#shared/add-way.ts'
import type { BriefLine, BriefPart, BriefRecord } from '#shared/brief.ts'
import type { GuardVerdict } from '#shared/guard.ts'
import { formatMoney } from '#shared/money.ts'
import { DAY_MS, SHOP_MS } from '#shared/shop-time.ts'
import type { BriefFacts } from './queries.ts'
import { cutText, sayingsOf, type Speaks } from './sentences.ts'
import { actLine, bandText, sendLine, tasteLine } from './habits.ts'

export const MOST_LINES = 12
export const MOST_LETTERS = 60
const MOST_MORE = 600

/** How many lines a part has where all have something to say; what one leaves over goes to the others in `MORE`. */
const SHARE: Record<BriefPart, number> = { who: 3, needs: 2, promises: 2, purchases: 2, donts: 2, tone: 1 }
const MORE: BriefPart[] = ['donts', 'promises', 'needs', 'tone', 'purchases']
const PARTS = Object.keys(SHARE) as BriefPart[]

const PURCHASE = {
  best: '重要价值',
  loyal: '稳定回购',
  promising: '新近购买',
  steady: '一般',
  slipping: '重要挽回',
  lapsed: '久未购买',
}
const CONNECTION = {
  close: '常来常往',
  lively: '有来有往',
  fresh: '刚有动静',
  quiet: '偶有动静',
  cooling: '渐渐疏远',
  silent: '没有动静',
}
const REASONS: Record<GuardVerdict['reasons'][number]['kind'], string> = {
  refused: '客户说过不要联系',
  pressure: '最近联系得太多',
  weekly: '这一周主动联系已到上限',
  monthly: '本月群发已到上限',
  quiet: '现在是免打扰时段',
  rhythm: '刚买过，先别推销',
}

/** A line before it is cut and numbered. */
export interface Draft {
  text: string
  record: BriefRecord
  more: string
  at: string | null
  by: string | null
  secret?: boolean
}
export type Day = (instant: string) => string

/** `11-10` this year, `2025-11-10` before, by China's calendar. */
export const dayBy = (now: Date): Day => {
  const there = (at: Date) => new Date(at.getTime() + SHOP_MS).toISOString().slice(0, 10)
  const year = there(now).slice(0, 4)
  return (instant) => {
    const day = there(new Date(instant))
    return day.startsWith(year) ? day.slice(5) : day
  }
}

/**
 * The brief of one customer out of what is known, in the order of the parts: the same facts give the same lines, each with its record, none longer than 60
 * characters, twelve at most. `now` decides what is late and how days are written.
 */
export function linesOf(facts: BriefFacts, guard: GuardVerdict, customerId: string, now: Date): BriefLine[] {
  const day = dayBy(now)
  const said = sayings(facts, customerId)
  const drafts: Record<BriefPart, Draft[]> = {
    who: who(facts, customerId, day),
    needs: [...said.needs.slice(0, 2), ...tasteLine(facts), ...said.needs.slice(2)],
    promises: promises(facts, day, now),
    purchases: purchases(facts, day),
    donts: [
      ...refusal(facts, customerId, day),
      ...said.donts,
      ...pressure(guard, facts, customerId),
      ...denials(facts),
    ],
    tone: [...said.tone.slice(0, 1), ...actLine(facts), ...sendLine(facts, day), ...said.tone.slice(1)],
  }
  const counts = sharesOf(drafts)
  return PARTS.flatMap((part) =>
    drafts[part].slice(0, counts[part]).map((draft, nth): BriefLine => ({
      id: `${part}-${nth + 1}`,
      part,
      text: cutText(draft.text, MOST_LETTERS),
      record: draft.record,
      more: cutText(draft.more, MOST_MORE),
      at: draft.at,
      by: draft.by,
      secret: draft.secret === true,
    })),
  )
}

/** How many of each part are shown. */
function sharesOf(drafts: Record<BriefPart, Draft[]>): Record<BriefPart, number> {
  const counts = { ...SHARE }
  for (const part of PARTS) counts[part] = Math.min(SHARE[part], drafts[part].length)
  const total = () => PARTS.reduce((sum, part) => sum + counts[part], 0)
  for (let given = true; given;) {
    given = false
    for (const part of MORE)
      if (total() < MOST_LINES && counts[part] < drafts[part].length) {
        counts[part] += 1
        given = true
      }
  }
  return counts
}

function who({ name, ...facts }: BriefFacts, customerId: string, day: Day): Draft[] {
  const about = { at: null, by: null }
  const mine = { id: customerId, mine: true }
  const salutation = facts.salutation || facts.handed?.salutation
  const way = facts.addWay === 0 ? undefined : ADD_WAYS[facts.addWay]?.[0]
  const named = [
    `${name}${salutation ? `（称呼${salutation}）` : ''}`,
    `${day(facts.addedAt)} 起${way ? `，${way}` : ''}`,
    facts.stage && `阶段「${facts.stage}」`,
  ]
  const drafts: Draft[] = [
    {
      ...about,
      text: named.filter(Boolean).join('，'),
      record: { kind: 'follow', ...mine },
      more: [facts.nickname && `昵称 ${facts.nickname}`, facts.description].filter(Boolean).join('；') || name,
    },
  ]
  const { handed } = facts
  if (handed)
    drafts.push({
      text: `${day(handed.at)} 由${handed.from}移交：${handed.reason}`,
      record: { kind: 'transfer', id: handed.id, mine: false },
      more: handed.reason,
      at: handed.at,
      by: handed.from,
    })
  const [tag] = facts.tags
  if (tag)
    drafts.push({
      ...about,
      text: `标签：${facts.tags.map((one) => one.name).join('、')}`,
      record: { kind: 'tag', id: tag.id ?? tag.name, mine: true },
      more: facts.tags.map((one) => one.name).join('、'),
    })
  if (facts.segments) {
    const { purchase, connection } = facts.segments
    const value = purchase ? `购买「${PURCHASE[purchase]}」` : '还没有买过'
    drafts.push({
      ...about,
      text: `分层：${value}，往来「${CONNECTION[connection]}」`,
      record: { kind: 'segment', id: customerId, mine: false },
      more: `按全店客户每晚计算：${value}，往来「${CONNECTION[connection]}」`,
    })
  }
  return drafts
}

/** What notes and the member's own description of the customer say, newest first, nothing twice. */
function sayings({ notes, description }: BriefFacts, customerId: string): Record<Speaks, Draft[]> {
  const found: Record<Speaks, Draft[]> = { needs: [], donts: [], tone: [] }
  const seen = new Set<string>()
  const add = (body: string, about: Omit<Draft, 'text' | 'more'>) => {
    for (const { speaks, text } of sayingsOf(body)) {
      if (seen.has(text)) continue
      seen.add(text)
      found[speaks].push({ ...about, text, more: body })
    }
  }
  for (const { id, body, at, by, mine, secret } of notes)
    add(body, { record: { kind: 'note', id, mine }, at, by: mine ? null : by, secret })
  add(description, { record: { kind: 'follow', id: customerId, mine: true }, at: null, by: null })
  return found
}

/** Whole days of China's calendar between two moments. */
const daysBetween = (from: Date, to: Date): number =>
  Math.floor((to.getTime() + SHOP_MS) / DAY_MS) - Math.floor((from.getTime() + SHOP_MS) / DAY_MS)

/** The earliest first: what is late stands on top. */
function promises({ tasks }: BriefFacts, day: Day, now: Date): Draft[] {
  return tasks.map(({ id, title, dueAt, createdAt, by, mine, secret }) => {
    const late = daysBetween(new Date(dueAt), now)
    const overdue = new Date(dueAt) < now
    const when = overdue ? (late > 0 ? `已过期 ${late} 天` : '今天已过时间') : late === 0 ? '今天到期' : ''
    return {
      text: `${cutText(title, MOST_LETTERS - 24)}（${day(dueAt)}${when && `，${when}`}${mine ? '' : `，${cutText(by, 6)}答应的`}）`,
      record: { kind: 'task', id, mine },
      more: title,
      at: createdAt,
      by: mine ? null : by,
      secret,
    }
  })
}

/** The newest sale, the newest refund apart from it, then older sales. */
function purchases({ orders, summary }: BriefFacts, day: Day): Draft[] {
  const [sale, ...older] = orders.filter(({ kind }) => kind === 'sale')
  const refund = orders.find(({ kind }) => kind === 'refund')
  const sum = summary ? `（累计 ${summary.orderCount} 单 ${formatMoney(summary.spendFen, summary.currency)}）` : ''
  const draft = (order: BriefFacts['orders'][number], tail = ''): Draft => {
    const [first] = order.items
    const pieces = order.items.reduce((all, { quantity }) => all + Math.abs(quantity), 0)
    const head = `${day(order.at)} ${order.kind === 'refund' ? '退款' : '买'} ${formatMoney(Math.abs(order.amountFen), order.currency)}`
    const rest = order.items.length > 1 ? ` 等 ${pieces} 件` : pieces > 1 ? ` ${pieces} 件` : ''
    const room = MOST_LETTERS - [...`${head}：${rest}${tail}`].length
    return {
      text: `${head}${first ? `：${cutText(first.name, Math.max(8, room))}${rest}` : ''}${tail}`,
      record: { kind: 'order', id: order.id, mine: true },
      more: order.items
        .map(
          ({ name, quantity, unitPriceFen }) =>
            `${name} × ${Math.abs(quantity)}，${formatMoney(unitPriceFen, order.currency)}`,
        )
        .join('；'),
      at: order.at,
      by: null,
    }
  }
  return [
    ...(sale ? [draft(sale, sum)] : []),
    ...(refund ? [draft(refund)] : []),
    ...older.slice(0, 2).map((order) => draft(order)),
  ]
}

function refusal({ refusal: found }: BriefFacts, customerId: string, day: Day): Draft[] {
  if (!found) return []
  const { at, by, reason } = found
  return [
    {
      text: `不要主动联系（${day(at)} 说的）：「${reason}」`,
      record: { kind: 'refusal', id: customerId, mine: true },
      more: reason,
      at,
      by,
    },
  ]
}

/** Said where the guard would warn of one more promotion; a refusal has its own line. */
function pressure(guard: GuardVerdict, { refusal: refused }: BriefFacts, customerId: string): Draft[] {
  const reasons = guard.reasons.filter(({ kind }) => kind !== 'quiet' && !(refused && kind === 'refused'))
  const [first] = reasons
  if (!first) return []
  return [
    {
      text: `先别推销：${REASONS[first.kind]}，近 7 天 ${guard.week} 次，压力 ${guard.pressure.toFixed(2)}`,
      record: { kind: 'guard', id: customerId, mine: true },
      more: reasons.map(({ kind }) => REASONS[kind]).join('；'),
      at: null,
      by: null,
    },
  ]
}

/** What was thought they like, and somebody who knows them said is not so. */
function denials({ denied }: BriefFacts): Draft[] {
  const [first] = denied
  if (!first) return []
  const words = denied.map(({ word }) => bandText(word)).join('、')
  return [
    {
      text: `别当作偏好：${words}`,
      record: { kind: 'taste', id: first.word, mine: true },
      more: words,
      at: first.at,
      by: first.by,
    },
  ]
}
