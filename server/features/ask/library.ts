import { setImmediate as breathe } from 'node:timers/promises'
import type { Deps } from '#server/context.ts'
import { perProcess, singleFlight } from '#server/per-process.ts'
import { AskIndex } from './engine/ask-index.ts'
import { selectSynonyms, selectVersion, selectWritten } from './queries.ts'
import { bodyOf } from './texts.ts'

interface Entry {
  id: string
  owner: string | null
  title: string
  body: string
}

/** A reply that was found in memory; who may see it is for the database to say. */
export interface Candidate extends Entry {
  score: number
  covered: number
}

/** Replies ready to be asked. Each stands twice, by its title alone and with its text, and counts by the better. */
export class AskLibrary {
  readonly version: string
  private readonly entries: Entry[]
  private readonly index: AskIndex

  constructor(version: string, entries: Entry[], index: AskIndex) {
    this.version = version
    this.entries = entries
    this.index = index
  }

  /** The nearest replies of the company and of `userId`, best first. */
  ask(question: string, userId: string | null, most: number): Candidate[] {
    const mine = ({ owner }: Entry) => owner === null || owner === userId
    const best = new Map<string, Candidate>()
    for (const { doc, ...found } of this.index.ask(question, most * 2, (doc) => mine(this.entries[doc >> 1]!))) {
      const entry = this.entries[doc >> 1]!
      const known = best.get(entry.id)
      if (!known) best.set(entry.id, { ...entry, ...found })
      else known.covered = Math.max(known.covered, found.covered)
    }
    return [...best.values()].slice(0, most)
  }

  /** What a candidate says that answers the question. */
  matched = (question: string, { title, body }: Entry): string[] => this.index.matched(question, `${title}\n${body}`)
}

const memory = perProcess(() => ({
  library: undefined as AskLibrary | undefined,
  flights: new Map<string, Promise<AskLibrary>>(),
}))

/** The library as it stands at `version`; read again when another process or this one has changed it since. */
export async function libraryAt(deps: Deps, version: string): Promise<AskLibrary> {
  const state = memory(deps)
  if (state.library?.version === version) return state.library
  return await singleFlight(state.flights, version, async () => (state.library = await read(deps)))
}

async function read({ sql }: Deps): Promise<AskLibrary> {
  // The version first: what changes while reading makes the next question read again.
  const version = await selectVersion(sql)
  const [written, groups] = await Promise.all([selectWritten(sql), selectSynonyms(sql)])
  const entries = written.map(({ id, owner, title, parts }) => ({ id, owner, title, body: bodyOf(parts) }))
  const texts = entries.flatMap(({ title, body }) => [title, `${title}\n${body}`])
  return new AskLibrary(version, entries, await AskIndex.build(texts, groups, breathe))
}
