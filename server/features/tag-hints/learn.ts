import type { Ctx } from '#server/context.ts'
import { TagBook, type Worn } from './book.ts'
import { countTies, eachTie, selectPlaces, writeLinks } from './queries.ts'
import { rhythmWord } from './words.ts'

/**
 * The nightly reading of all ties, customer by customer: which tags go with which, and with what orders show; tried on a sample. Whole results, written
 * in one transaction, so that a run that is killed is simply made again.
 */
export async function learnTagLinks(ctx: Ctx): Promise<void> {
  const began = performance.now()
  const places = new Map((await selectPlaces(ctx.sql)).map(({ id, single }) => [id, single]))
  const book = new TagBook(places, await countTies(ctx.sql))
  let own = null as Worn | null
  for await (const ties of eachTie(ctx.sql))
    for (const { customerId, tags, words, rhythm } of ties) {
      if (own?.id === customerId) {
        own.tags = [...new Set([...own.tags, ...tags])]
        continue
      }
      if (own) book.add(own)
      const paced = rhythmWord(rhythm)
      own = { id: customerId, tags: [...new Set(tags)], words: paced ? [...words, paced] : words }
    }
  if (own) book.add(own)
  const trial = { customers: book.people, tags: book.tryOut('tags'), orders: book.tryOut('orders') }
  const tookMs = Math.round(performance.now() - began)
  await ctx.sql.begin((tx) => writeLinks(tx, book.links(), { ...trial, tookMs }, ctx.now()))
}
