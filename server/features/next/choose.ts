import type { Aside } from '#shared/aside.ts'
import type { GuardVerdict } from '#shared/guard.ts'
import type { NoteId } from '#shared/ids.ts'
import { NEXT_KINDS, type NextAction, type NextKind } from '#shared/next.ts'
import type { ConnectionSegment } from '#shared/rfm.ts'
import { DAY_MS, SHOP_MS } from '#shared/shop-time.ts'
import type { Task } from '#shared/task.ts'

export interface NextFacts {
  /** Their earliest open promise, where it is due by the end of today. */
  task: Task | null
  returned: { noteId: NoteId; at: string } | null
  addedAt: string
  /** When the member last sent something or wrote a note. */
  touchedAt: string | null
  /** `MM-DD`. */
  birthdays: string[]
  bought: boolean
  stage: 'open' | 'won' | 'lost' | null
  connection: ConnectionSegment | null
  /** Dismissed within seven days. */
  quiet: { kind: NextKind; fact: string }[]
  /** Kinds that are counted as shown today. */
  shown: NextKind[]
}

export interface Around {
  guard: GuardVerdict
  repurchase: NonNullable<Aside['repurchase']>
  /** The home offers the brief of somebody who was just handed over. */
  handed: boolean
}

/** How many days ahead a birthday is worth a word. */
const BIRTHDAY_AHEAD = 7
/** So new a customer has not been answered yet. */
const NEW_DAYS = 7
const COLD_DAYS = 30
/** Whoever does less and less by themselves is turned to earlier. */
const COOLING_DAYS = 14
/** Would sell something: not while one more promotion is unwelcome. */
const SELLS = new Set<NextKind>(['repurchase', 'cold'])
/** Would begin a conversation: not with who asked not to be contacted. */
const CALLS = new Set<NextKind>(['repurchase', 'cold', 'birthday', 'unanswered'])

/**
 * The one thing to do next for a customer: of what is the case, the first in the fixed order of `NEXT_KINDS` (a promise that is late, a note to rework, somebody new without
 * a word, a promise of today, time to buy again, a birthday, going cold). What was dismissed stays away while its fact is the same; what would sell waits
 * while the guard stops promotions. undefined: nothing presses.
 */
export function chooseNext(facts: NextFacts, around: Around, now: Date): NextAction | undefined {
  const refused = around.guard.reasons.some(({ kind }) => kind === 'refused')
  const stopped = around.guard.verdict === 'block'
  const wanted = candidates(facts, around, now).filter(
    ({ kind, fact }) =>
      !(stopped && SELLS.has(kind)) &&
      !(refused && CALLS.has(kind)) &&
      // Whoever just came is not cold: reading of them is the first step.
      !(around.handed && kind === 'cold') &&
      !facts.quiet.some((one) => one.kind === kind && one.fact === fact),
  )
  return NEXT_KINDS.flatMap((kind) => wanted.find((one) => one.kind === kind) ?? []).at(0)
}

function candidates(facts: NextFacts, { repurchase }: Around, now: Date): NextAction[] {
  const found: NextAction[] = []
  const add = (kind: NextKind, fact: string, at: string, days: number, more: Partial<NextAction> = {}) =>
    found.push({ kind, fact, at, days, about: null, task: null, noteId: null, ...more })
  const since = (at: string) => dayOf(now) - dayOf(new Date(at))
  const { task, returned, addedAt, touchedAt } = facts
  if (task)
    add(new Date(task.dueAt) < now ? 'overdue' : 'due', `${task.id} ${task.dueAt}`, task.dueAt, since(task.dueAt), {
      task,
    })
  if (returned)
    add('returned', `${returned.noteId} ${returned.at}`, returned.at, since(returned.at), { noteId: returned.noteId })
  const silent = touchedAt === null || new Date(touchedAt) < new Date(addedAt)
  if (silent && now.getTime() - new Date(addedAt).getTime() < NEW_DAYS * DAY_MS)
    add('unanswered', addedAt, addedAt, since(addedAt))
  const again = repurchase.find(({ due }) => due === 'now')
  if (again)
    add('repurchase', `${again.category} ${again.orderId}`, again.lastAt, since(again.lastAt), {
      about: again.category,
    })
  const birthday = facts.birthdays.flatMap((day) => nextOn(day, now) ?? []).sort((a, b) => a - b)[0]
  if (birthday !== undefined && birthday - dayOf(now) <= BIRTHDAY_AHEAD) {
    const at = new Date(birthday * DAY_MS - SHOP_MS).toISOString()
    add('birthday', at.slice(0, 10), at, birthday - dayOf(now))
  }
  const last = silent ? addedAt : touchedAt
  const fading = facts.connection === 'cooling' || facts.connection === 'silent'
  const valued = (facts.bought || facts.stage === 'open') && facts.stage !== 'lost'
  if (valued && since(last) >= (fading ? COOLING_DAYS : COLD_DAYS))
    add('cold', last, last, since(last), { about: fading ? facts.connection : null })
  return found
}

/** A day of China's calendar, counted from 1970. */
const dayOf = (at: Date): number => Math.floor((at.getTime() + SHOP_MS) / DAY_MS)

/** When `MM-DD` comes round next, today included; undefined for what is no day. */
function nextOn(day: string, now: Date): number | undefined {
  const [month = 0, date = 0] = day.split('-').map(Number)
  const year = new Date(now.getTime() + SHOP_MS).getUTCFullYear()
  return [year, year + 1].map((y) => Date.UTC(y, month - 1, date) / DAY_MS).find((at) => at >= dayOf(now))
}
