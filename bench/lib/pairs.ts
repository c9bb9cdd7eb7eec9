import { columnOf, readSheet, type SheetRow } from './sheet.ts'

export interface Pair {
  sentence1: string
  sentence2: string
  same: boolean
}

export interface Pairs {
  pairs: Pair[]
  /** Lines without two sentences or without a label that says same or not. */
  skipped: number
}

const NAMES = {
  sentence1: ['sentence1', 'sentence_a', 'sent1', 's1', 'text1', 'text_a', 'question1', 'query1', 'q1', 'query'],
  sentence2: ['sentence2', 'sentence_b', 'sent2', 's2', 'text2', 'text_b', 'question2', 'query2', 'q2', 'title'],
  label: [
    'label',
    'labels',
    'same',
    'is_duplicate',
    'duplicate',
    'similar',
    'similarity',
    'score',
    'target',
    'gold_label',
    'y',
  ],
}
const SAME = /^(?:1|1\.0+|true|t|yes|y|same|是)$/i
const OTHER = /^(?:0|0\.0+|false|f|no|n|different|否)$/i
const says = (cell: string): boolean => SAME.test(cell) || OTHER.test(cell)

/**
 * Pairs of sentences with a label, out of any sheet `readSheet` can read. With a header its names count, in any order; without one the last column that holds
 * labels is the label, and the last two others are the sentences. Throws where no line is a pair.
 */
export function readPairs(file: string): Pairs {
  const rows = readSheet(file, [...NAMES.sentence1, ...NAMES.sentence2, ...NAMES.label])
  const head = rows[0]?.cells ?? []
  const named = [columnOf(head, NAMES.sentence1), columnOf(head, NAMES.sentence2), columnOf(head, NAMES.label)]
  const headed = named.every((at) => at >= 0)
  const [one, two, label] = headed ? named : placesOf(rows)
  const body = headed || !says(head[label!] ?? '') ? rows.slice(1) : rows
  const pairs = body.flatMap(({ cells }): Pair[] => {
    const [sentence1, sentence2, said] = [cells[one!] ?? '', cells[two!] ?? '', cells[label!] ?? '']
    return sentence1 === '' || sentence2 === '' || !says(said) ? [] : [{ sentence1, sentence2, same: SAME.test(said) }]
  })
  if (!pairs.some((pair) => pair.same))
    throw new Error(
      `${file}: no pair with the label 1 among ${body.length} lines; wanted are sentence1, sentence2 and label (1 or 0)`,
    )
  return { pairs, skipped: body.length - pairs.length }
}

/** Most lines decide: a first line of names, and cells that are broken, are fewer. */
function placesOf(rows: SheetRow[]): number[] {
  const some = rows.slice(1, 1_001)
  const width = Math.max(...rows.slice(0, 100).map(({ cells }) => cells.length))
  const columns = Array.from({ length: width }, (_, at) => at)
  const labels = columns.filter(
    (at) => some.filter(({ cells }) => says(cells[at] ?? '')).length * 10 >= some.length * 8,
  )
  const label = labels.at(-1) ?? width - 1
  const words = columns.filter(
    (at) => at !== label && some.filter(({ cells }) => /\p{L}/u.test(cells[at] ?? '')).length * 2 >= some.length,
  )
  const [one = -1, two = -1] = (words.length < 2 ? columns.filter((at) => at !== label) : words).slice(-2)
  return [one, two, label]
}
