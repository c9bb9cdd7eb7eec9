import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DatabaseTarget, openOwnerPool } from '../server/db/client.ts'
import { startEmbeddedPostgres } from '../server/db/embedded.ts'
import { AskIndex } from '../server/features/ask/engine/ask-index.ts'
import { counted, Inverted } from '../server/features/ask/engine/inverted.ts'
import { wordsOf } from '../server/features/ask/engine/words.ts'
import { type Pair, readPairs } from './lib/pairs.ts'
import { perturbations } from './lib/perturb.ts'
import { type Figures, median, round, type Row } from './lib/table.ts'
import { Trigrams } from './lib/trigrams.ts'
import type { Options } from './run.ts'

const FILE = '../shared/data/atec-pairs.tsv.gz'
const PLAIN = { k1: 1.2, b: 0.75, floor: 0 }
const UTF8 = 'trigrams'
const LIBRARY = 5_000
const DEEP = 1_000
/** More questions than this say nothing new and take hours. */
const MOST_ASKED = 12_000
const MOST_PERTURBED = 1_000
/** On every twelfth question weights were chosen; these are the others. */
const held = (at: number): boolean => at % 12 !== 0

/** The place of a document among what a question finds, from 1; 0: not among the first thousand. */
type Method = (query: string, doc: number) => number
interface Question {
  text: string
  doc: number
}

/**
 * Recall of the ask box on public pairs of questions, beside pg_trgm and plain BM25. Documents are all different second sentences, of pairs with
 * label 1 and 0 alike; each pair with label 1 asks with its first sentence and wants its second. Equal texts are one document. Of documents with equal
 * scores the one that stands earlier in the file comes first, for every method. `--pairs FILE` measures any other set with the same code.
 */
export async function measure({ small, value }: Options): Promise<Figures[]> {
  const named = value('pairs')
  const file = named ?? FILE
  if (named === undefined && !existsSync(file)) {
    console.error(`retrieval skipped: there is no ${file}. Name pairs with --pairs FILE (sentence1, sentence2, label).`)
    return []
  }
  const { pairs: all, skipped } = readPairs(file)
  const pairs = small ? all.slice(0, Math.max(200, Math.ceil(all.length / 100))) : all
  const texts = [...new Set(pairs.map((pair) => pair.sentence2))]
  const every = questionsOf(pairs, texts)
  const questions = spread(every, MOST_ASKED)
  const engine = await AskIndex.build(texts, [], async () => undefined)
  const trigrams = new Trigrams(texts)
  const methods: Record<string, Method> = {
    'pg_trgm similarity': (query, doc) => placeOf(trigrams.similarity(query), doc),
    'plain BM25, characters': plain(texts, (text) => [...text]),
    'plain BM25, words': plain(texts, wordsOf),
    'ask box': (query, doc) => engine.ask(query, DEEP).findIndex((found) => found.doc === doc) + 1,
  }
  const ranks = Object.entries(methods).map(([method, find]) => ({
    method,
    ranks: questions.map(({ text, doc }) => find(text, doc)),
  }))
  const left = skipped > 0 ? `; ${skipped} lines without two sentences and a label left out` : ''
  const most = every.length > questions.length ? ` (evenly out of ${every.length})` : ''
  const about = `${questions.length} questions${most} over ${texts.length} texts (second sentences of all ${pairs.length} pairs of ${file.split('/').at(-1)}${left})`
  const figures: Figures[] = [
    {
      name: 'retrieval',
      about: `${about}; pg_trgm verified: ${await verified(texts, questions, trigrams)}`,
      rows: ranks.map((one) => ({ method: one.method, ...recalls(one.ranks) })),
    },
  ]
  if (file === FILE)
    figures.push({
      name: 'retrieval, held out',
      about: 'the same without every twelfth question, on which weights were chosen',
      rows: ranks.map((one) => ({ method: one.method, ...recalls(one.ranks.filter((_, at) => held(at))) })),
    })
  return [...figures, perturbed(texts, questions, methods), await speed(texts, questions)]
}

/** The same questions as people really write them. */
function perturbed(texts: string[], questions: Question[], methods: Record<string, Method>): Figures {
  const sample = spread(questions, MOST_PERTURBED)
  const rows = Object.entries(perturbations(texts)).flatMap(([questionsWith, perturb]) =>
    Object.entries(methods).map(([method, find]) => ({
      'questions with': questionsWith,
      method,
      ...recalls(sample.map(({ text, doc }, at) => find(perturb(text, at + 1), doc))),
    })),
  )
  return {
    name: 'retrieval, perturbed',
    about: `${sample.length} of the questions, changed before they are asked`,
    rows,
  }
}

/** At most `most` of them, evenly. */
function spread<T>(list: T[], most: number): T[] {
  const step = list.length / most
  return step <= 1 ? list : Array.from({ length: most }, (_, at) => list[Math.floor(at * step)]!)
}

function questionsOf(pairs: Pair[], texts: string[]): Question[] {
  const places = new Map(texts.map((text, doc) => [text, doc]))
  return pairs.flatMap(({ sentence1, sentence2, same }) =>
    same ? [{ text: sentence1, doc: places.get(sentence2)! }] : [],
  )
}

function plain(texts: string[], terms: (text: string) => string[]): Method {
  const index = new Inverted(texts.map(terms), PLAIN)
  return (query, doc) => placeOf(index.bm25(counted(terms(query))), doc)
}

/** As the engine ranks: the higher score, then the earlier document; what shares nothing is not found. */
function placeOf(scores: Float64Array, doc: number): number {
  const own = scores[doc]!
  if (own <= 0) return 0
  let before = 0
  for (let other = 0; other < scores.length; other++)
    if (scores[other]! > own || (scores[other] === own && other < doc)) before++
  return before < DEEP ? before + 1 : 0
}

/** `ranks` from 1; 0 where it was not found among the first thousand, which counts as nothing. */
function recalls(ranks: number[]): Row {
  const within = (most: number) => round(ranks.filter((rank) => rank > 0 && rank <= most).length / ranks.length, 4)
  const mrr = ranks.reduce((sum, rank) => sum + (rank > 0 ? 1 / rank : 0), 0) / ranks.length
  return { 'recall@1': within(1), 'recall@3': within(3), 'recall@10': within(10), MRR: round(mrr, 4) }
}

/** Where no Postgres can be started the table stands all the same. */
const verified = (texts: string[], questions: Question[], trigrams: Trigrams): Promise<string> =>
  verify(texts, questions, trigrams).catch(
    (error: unknown) => `no (${error instanceof Error ? error.message : String(error)})`,
  )

/** Asks Postgres itself for a sample of the questions over all texts, and says how far its numbers are from ours. */
async function verify(texts: string[], questions: Question[], trigrams: Trigrams): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pangbai-bench-'))
  const postgres = await startEmbeddedPostgres({ dataDir, sync: false })
  await utf8Database(postgres.target)
  const sql = openOwnerPool(postgres.targetFor(UTF8), 1)
  try {
    await sql`create extension if not exists pg_trgm`
    await sql`create temporary table texts as select t, doc - 1 as doc from unnest(${texts}::text[]) with ordinality as u(t, doc)`
    const step = Math.max(1, Math.floor(questions.length / 40))
    const sample = questions.filter((_, at) => at % step === 0)
    let far = 0
    for (const { text } of sample) {
      const ours = trigrams.similarity(text)
      const rows = await sql<{ doc: number; s: number }[]>`
        select doc::int, similarity(t, ${text})::float8 as s from texts`
      for (const { doc, s } of rows) far = Math.max(far, Math.abs(ours[doc]! - s))
    }
    return `${sample.length} questions over all texts in Postgres, largest difference ${far.toExponential(1)}`
  } finally {
    await sql.end()
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Where Chinese characters are letters to pg_trgm: in a database with the C locale it sees none of them and answers 0 to everything. */
async function utf8Database(target: DatabaseTarget): Promise<void> {
  const sql = openOwnerPool(target, 1)
  const make = (locale: string) =>
    sql.unsafe(`create database ${UTF8} template template0 locale_provider libc locale '${locale}'`)
  await make('C.UTF-8').catch(() => make('en_US.UTF-8'))
  await sql.end()
}

async function speed(texts: string[], questions: Question[]): Promise<Figures> {
  const library = texts.slice(0, LIBRARY)
  const began = performance.now()
  const index = await AskIndex.build(library, [], async () => undefined)
  const making = performance.now() - began
  const asked = questions.slice(0, 500)
  for (const { text } of asked.slice(0, 50)) index.ask(text, 3)
  const times = asked.map(({ text }) => {
    const start = performance.now()
    index.ask(text, 3)
    return performance.now() - start
  })
  times.sort((a, b) => a - b)
  const row = {
    replies: library.length,
    'median ms': round(median(times), 2),
    'p95 ms': round(times[Math.floor(times.length * 0.95)] ?? 0, 2),
    'making the index ms': round(making),
  }
  return { name: 'ask', about: 'one question over a library of this many texts (budget 30 ms)', rows: [row] }
}
