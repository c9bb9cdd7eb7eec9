import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'

export interface Pair {
  sentence1: string
  sentence2: string
  same: boolean
}

/**
 * Reads pairs of sentences: tab or comma separated, gzipped or plain, with or without a header. Without one (or with other names than
 * sentence1, sentence2 and label) the last three columns are the two sentences and the label. Throws where a label is neither 1 nor 0.
 */
export function readPairs(file: string): Pair[] {
  const bytes = readFileSync(file)
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes)
    .toString('utf8')
    .replaceAll('\uFEFF', '')
  const rows = text.slice(0, text.indexOf('\n')).includes('\t')
    ? text.split(/\r?\n/).map((line) => line.split('\t'))
    : (parse(text, { relax_column_count: true, skip_empty_lines: true }) as string[][])
  const filled = rows.filter((row) => row.length >= 3)
  const head = filled[0]?.map((name) => name.trim().toLowerCase()) ?? []
  const headed = head.length > 0 && !['0', '1'].includes(head.at(-1)!)
  const named = ['sentence1', 'sentence2', 'label'].map((name) => head.indexOf(name))
  const places = named.every((at) => at >= 0) ? named : [head.length - 3, head.length - 2, head.length - 1]
  return filled.slice(headed ? 1 : 0).map((row, at) => {
    const [sentence1 = '', sentence2 = '', label = ''] = places.map((place) => row[place]?.trim() ?? '')
    if (label !== '0' && label !== '1') throw new Error(`${file}: pair ${at + 1} has the label “${label}”, not 1 or 0.`)
    return { sentence1, sentence2, same: label === '1' }
  })
}
