import type { AskAnswer, SynonymGroup } from '#shared/ask.ts'
import type { CustomerId } from '#shared/ids.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { AppError, noSuchCustomer } from '#server/errors.ts'
import { record } from '../audit/service.ts'
import { repliesByIds } from '../replies/service.ts'
import { Lexicon } from './engine/lexicon.ts'
import { reciprocals } from './engine/fuse.ts'
import { normalise } from './engine/normalise.ts'
import { type Candidate, libraryAt } from './library.ts'
import { selectState, selectSynonyms, selectVersion, writeSynonyms } from './queries.ts'

export { simplified } from './engine/traditional.ts'
export { normalise } from './engine/normalise.ts'

const MOST = 3
/** How many are looked up at first, and how many where most of those are not for this member. */
const WIDTHS = [24, 600]
/** Under this share of the question a reply is about something else: silence is better. */
const SURE = 0.34
/** And under this share of the best one's score it is only noise beside it. */
const NEAR = 0.4
/** What the rank by use weighs beside a score of 0 … 1: enough to choose between near equals, never to answer something else. */
const USE = 0.03

/** 404 for a customer the caller does not follow. The text stays in this function. */
export async function askReplies(
  ctx: Ctx,
  { customerId, text }: { customerId: CustomerId; text: string },
): Promise<{ answers: AskAnswer[] }> {
  const userId = memberOf(ctx)
  const { followed, version } = await selectState(ctx.sql, customerId, userId)
  if (!followed) throw noSuchCustomer()
  const library = await libraryAt(ctx, version)
  for (const width of WIDTHS) {
    const found = library.ask(text, userId, width)
    const sure = found.filter(isSure(found))
    const seen = await repliesByIds(
      ctx.sql,
      userId,
      sure.map(({ id }) => id),
    )
    const known = sure.flatMap((one) => seen.filter(({ id }) => id === one.id).map((reply) => ({ one, reply })))
    const byUse = reciprocals(known.map(({ reply }) => reply.teamUses))
    const answers = known
      .map((both, at) => ({ ...both, fused: both.one.score + USE * byUse[at]! }))
      .sort((a, b) => b.fused - a.fused)
      .slice(0, MOST)
    if (answers.length === MOST || found.length < width || width === WIDTHS.at(-1))
      return { answers: answers.map(({ one, reply }) => ({ reply, matched: library.matched(text, one) })) }
  }
  return { answers: [] }
}

const isSure =
  (found: Candidate[]) =>
  ({ covered, score }: Candidate): boolean =>
    covered >= SURE && score >= NEAR * (found[0]?.score ?? 0)

export const listSynonyms = async (ctx: Ctx): Promise<{ groups: SynonymGroup[] }> => ({
  groups: (await selectSynonyms(ctx.sql)).map((words) => ({ words })),
})

/** 400 for a word that stands twice, or says nothing. */
export async function saveSynonyms(
  ctx: Ctx,
  { groups }: { groups: SynonymGroup[] },
): Promise<{ groups: SynonymGroup[] }> {
  const seen = new Set<string>()
  for (const word of groups.flatMap((group) => group.words)) {
    const plain = normalise(word)
    if (plain === '') throw new AppError('invalid_input', `「${word}」里没有字`)
    if (seen.has(plain)) throw new AppError('invalid_input', `「${word}」写了两次，一个词只能在一组里`)
    seen.add(plain)
  }
  await ctx.sql.begin(async (tx) => {
    const words = groups.map((group) => group.words)
    await writeSynonyms(tx, words, ctx.now())
    await record(tx, memberOf(ctx), {
      action: 'synonyms.saved',
      subject: 'synonyms',
      detail: { groups: groups.length, words: seen.size },
    })
  })
  return await listSynonyms(ctx)
}

/** What stands for a word, spelt as `normalise` spells it: the shop's synonyms and the common ones, without the word itself. */
export async function alikeOf(ctx: Ctx): Promise<(word: string) => string[]> {
  const lexicon = new Lexicon(await selectSynonyms(ctx.sql))
  return (word) => lexicon.alike(word)
}

/** Among the company's replies alone, whoever they are meant for. */
export async function tryAsk(ctx: Ctx, { text }: { text: string }) {
  const library = await libraryAt(ctx, await selectVersion(ctx.sql))
  const found = library.ask(text, null, 5)
  const sure = isSure(found)
  return {
    found: found.map((one) => ({
      title: one.title,
      matched: library.matched(text, one),
      covered: one.covered,
      shown: sure(one),
    })),
  }
}
