import type { CustomerId, NoteId, TagId } from '#shared/ids.ts'
import { isProved, type TagBecause, type TagHint } from '#shared/tag-hints.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { noSuchCustomer } from '#server/errors.ts'
import { alikeOf } from '../ask/service.ts'
import { historyOf, tastesOf } from '../preferences/service.ts'
import { rulesHolding } from '../rules/service.ts'
import { type Link, rank, shareOf, strength } from './links.ts'
import { type Known, type LibraryTag, selectKnown, selectLinks, selectTrial, writeAnswer } from './queries.ts'
import { saidOf, wordsOfTag } from './said.ts'
import { rhythmWord } from './words.ts'

const MOST = 3
const REASONS = 2
/** Said once in a note; each further note halves what is left to doubt. */
const SAID_ONCE = 0.6
/** A rule that an admin wrote down is nearly a fact. */
const BY_RULE = 0.8

interface Reason {
  tagId: string
  weight: number
  because: TagBecause
}

/**
 * At most three tags for a customer of the caller's, each with what it rests on. A tag's score is the chance that one of its reasons is right (1 − Π(1 − w)):
 * w of a link is Wilson's lower bound of the share of customers with the one who have the tag; of a note 0.6 and more; of a rule 0.8.
 */
export async function listTagHints(
  ctx: Ctx,
  { customerId }: { customerId: CustomerId },
): Promise<{ hints: TagHint[] }> {
  const userId = memberOf(ctx)
  const known = await selectKnown(ctx.sql, customerId, userId, ctx.now())
  if (!known) throw noSuchCustomer()
  const never = notFor(known)
  const byTag = new Map(known.library.map((tag) => [tag.id, tag]))
  const [linked, noted, ruled] = await Promise.all([
    byLinks(ctx, customerId, known, never, byTag),
    byNotes(ctx, known, never),
    byRules(ctx, { customerId, userId }, never),
  ])
  return { hints: choose([...linked, ...noted, ...ruled], byTag) }
}

/** What is on already, was turned down, taken off by hand, or would be the second of a group that allows one. What left the library is not known at all. */
function notFor({ tagIds, rejected, removed, library }: Known): (tagId: string) => boolean {
  const quiet = new Set([...tagIds, ...rejected, ...removed.flatMap((ids) => ids ?? [])])
  const taken = new Set(library.flatMap(({ id, groupId, single }) => (single && tagIds.includes(id) ? groupId : [])))
  const open = new Set(library.flatMap(({ id, groupId }) => (quiet.has(id) || taken.has(groupId) ? [] : id)))
  return (tagId) => !open.has(tagId)
}

function choose(reasons: Reason[], byTag: Map<string, LibraryTag>): TagHint[] {
  const found = new Map<string, Reason[]>()
  for (const reason of reasons) found.set(reason.tagId, [...(found.get(reason.tagId) ?? []), reason])
  const doubt = (tagId: string) => found.get(tagId)!.reduce((left, { weight }) => left * (1 - weight), 1)
  const groups = new Set<string>()
  return [...found.keys()]
    .sort((a, b) => doubt(a) - doubt(b) || (a < b ? -1 : 1))
    .flatMap((id) => {
      const { groupId, single, name, group, tone } = byTag.get(id)!
      if (single && groups.has(groupId)) return []
      groups.add(groupId)
      const strongest = found.get(id)!.sort((a, b) => b.weight - a.weight)
      return [
        { id: id as TagId, name, group, tone, because: strongest.slice(0, REASONS).map(({ because }) => because) },
      ]
    })
    .slice(0, MOST)
}

/** Tags together and orders, each only while its own hold-out beats the most frequent tags. */
async function byLinks(
  ctx: Ctx,
  customerId: CustomerId,
  { tagIds, words, rhythm, trial }: Known,
  never: (tagId: string) => boolean,
  byTag: Map<string, LibraryTag>,
): Promise<Reason[]> {
  const paced = rhythmWord(rhythm)
  const tags = trial && isProved(trial.tags) ? tagIds.map((id) => `tag:${id}`) : []
  const orders = trial && isProved(trial.orders) ? [...words, ...(paced ? [paced] : [])] : []
  if (tags.length + orders.length === 0) return []
  const links = await selectLinks(ctx.sql, [...tags, ...orders])
  const byOrder = (link: Link) => !link.from.startsWith('tag:')
  const shown = rank(links.filter(byOrder), never).slice(0, MOST)
  const rows = shown.length > 0 ? tastesOf(await historyOf(ctx, customerId)) : []
  const rowOf = (word: string) => {
    const row = rows.find((taste) => taste.word === word)?.rows.find(({ source }) => source === 'order')
    return row ? { id: row.id, at: row.at, text: row.text } : null
  }
  return [
    ...rank(
      links.filter((link) => !byOrder(link)),
      never,
    ).flatMap((link): Reason[] => {
      const name = byTag.get(link.from.slice('tag:'.length))?.name
      if (name === undefined) return []
      return [{ tagId: link.tagId, weight: strength(link), because: { kind: 'tag', name, ...shareOf(link) } }]
    }),
    ...shown.map((link): Reason => {
      const because = { kind: 'order' as const, taste: link.from, ...shareOf(link), row: rowOf(link.from) }
      return { tagId: link.tagId, weight: strength(link), because }
    }),
  ]
}

/** Tags whose words stand in the caller's own notes of this customer, unless the newest such note is against it. */
async function byNotes(ctx: Ctx, { notes, library }: Known, never: (tagId: string) => boolean): Promise<Reason[]> {
  if (notes.length === 0) return []
  const alike = await alikeOf(ctx)
  return library.flatMap(({ id, name }): Reason[] => {
    const said = never(id) ? null : saidOf(notes, wordsOfTag(name, alike))
    if (!said) return []
    const { note, at, excerpt, count } = said
    return [
      {
        tagId: id,
        weight: 1 - (1 - SAID_ONCE) / 2 ** (count - 1),
        because: { kind: 'note', note: note as NoteId, at, excerpt },
      },
    ]
  })
}

async function byRules(
  ctx: Ctx,
  tie: { customerId: string; userId: string },
  never: (tagId: string) => boolean,
): Promise<Reason[]> {
  const rules = await rulesHolding(ctx, tie)
  return rules
    .filter(({ tag }) => !never(tag))
    .map(({ tag, name, why }) => ({ tagId: tag, weight: BY_RULE, because: { kind: 'rule', name, why } }))
}

export async function answerTagHint(
  ctx: Ctx,
  { customerId, tag, answer }: { customerId: CustomerId; tag: TagId; answer: 'accepted' | 'rejected' | null },
) {
  const wanted = { customerId, userId: memberOf(ctx), tag, answer }
  if (!(await writeAnswer(ctx.sql, wanted, ctx.now()))) throw noSuchCustomer()
  return { ok: true as const }
}

export const readTagTrial = (ctx: Ctx) => selectTrial(ctx.sql, ctx.now())
