import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DatabaseTarget, openOwnerPool } from '../server/db/client.ts'
import { startEmbeddedPostgres } from '../server/db/embedded.ts'
import { AskIndex } from '../server/features/ask/engine/ask-index.ts'
import { counted, Inverted } from '../server/features/ask/engine/inverted.ts'
import { wordsOf } from '../server/features/ask/engine/words.ts'
import { type Pair, readPairs } from './lib/pairs.ts'
import { type Figures, median, round, type Row } from './lib/table.ts'
import { Trigrams } from './lib/trigrams.ts'
import type { Options } from './run.ts'

const FILE = '../shared/data/atec-pairs.tsv.gz'
const PLAIN = { k1: 1.2, b: 0.75, floor: 0 }
const UTF8 = 'trigrams'
const LIBRARY = 5_000
const DEEP = 1_000
/** The engine's few weights were chosen by hand on every fourth of ATEC's questions; these are the others. */
const held = (at: number): boolean => at % 4 !== 0

/** Numbers of documents, best first. */
type Method = (query: string) => readonly number[]
interface Question {
  text: string
  doc: number
}

/**
 * Recall of the ask box on public pairs of questions, beside pg_trgm and plain BM25. Documents are all different second sentences, of pairs with
 * label 1 and 0 alike; each pair with label 1 asks with its first sentence and wants its second. Equal texts are one document. Of documents with equal
 * scores the one that stands earlier in the file comes first, for every method.
 */
export async function measure({ small, value }: Options): Promise<Figures[]> {
  const file = value('pairs') ?? FILE
  if (!existsSync(file)) {
    console.error(`retrieval skipped: there is no ${file}. Name pairs with --pairs FILE (sentence1, sentence2, label).`)
    return []
  }
  const all = readPairs(file)
  const pairs = small ? all.slice(0, Math.ceil(all.length / 100)) : all
  const texts = [...new Set(pairs.map((pair) => pair.sentence2))]
  const questions = questionsOf(pairs, texts)
  const engine = await AskIndex.build(texts, [], async () => undefined)
  const trigrams = new Trigrams(texts)
  const methods: Record<string, Method> = {
    'pg_trgm similarity': (query) => ranked(trigrams.similarity(query)),
    'plain BM25, characters': plain(texts, (text) => [...text]),
    'plain BM25, words': plain(texts, wordsOf),
    'ask box': (query) => engine.ask(query, DEEP).map(({ doc }) => doc),
  }
  const rows: Row[] = []
  const others: Row[] = []
  for (const [method, find] of Object.entries(methods)) {
    const ranks = questions.map(({ text, doc }) => find(text).indexOf(doc) + 1)
    rows.push({ method, ...recalls(ranks) })
    others.push({ method, ...recalls(ranks.filter((_, at) => held(at))) })
  }
  const about = `${questions.length} questions over ${texts.length} texts (second sentences of all ${pairs.length} pairs of ${file.split('/').at(-1)})`
  const verified = await verify(texts, questions, trigrams)
  return [
    { name: 'retrieval', about: `${about}; pg_trgm verified: ${verified}`, rows },
    {
      name: 'retrieval, held out',
      about: 'the same without every fourth question, on which (of ATEC) weights were chosen',
      rows: others,
    },
    await speed(texts, questions),
  ]
}

function questionsOf(pairs: Pair[], texts: string[]): Question[] {
  const places = new Map(texts.map((text, doc) => [text, doc]))
  return pairs.flatMap(({ sentence1, sentence2, same }) =>
    same ? [{ text: sentence1, doc: places.get(sentence2)! }] : [],
  )
}

function plain(texts: string[], terms: (text: string) => string[]): Method {
  const index = new Inverted(texts.map(terms), PLAIN)
  return (query) => ranked(index.bm25(counted(terms(query))))
}

/** As the engine ranks: the higher score, then the earlier document; what shares nothing is not found. */
function ranked(scores: Float64Array): number[] {
  const found: number[] = []
  scores.forEach((score, doc) => score > 0 && found.push(doc))
  return found.sort((a, b) => scores[b]! - scores[a]! || a - b).slice(0, DEEP)
}

/** `ranks` from 1; 0 where it was not found among the first thousand, which counts as nothing. */
function recalls(ranks: number[]): Row {
  const within = (most: number) => round(ranks.filter((rank) => rank > 0 && rank <= most).length / ranks.length, 4)
  const mrr = ranks.reduce((sum, rank) => sum + (rank > 0 ? 1 / rank : 0), 0) / ranks.length
  return { 'recall@1': within(1), 'recall@3': within(3), 'recall@10': within(10), MRR: round(mrr, 4) }
}

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
