import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { readPairs } from './pairs.ts'
import { readSummary } from './summary.ts'

const folder = mkdtempSync(join(tmpdir(), 'pangbai-sheets-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0
function file(content: string | Buffer): string {
  const path = join(folder, `${files++}`)
  writeFileSync(path, content)
  return path
}

describe('pairs of sentences', () => {
  const wanted = [
    { sentence1: '怎么退货', sentence2: '如何退货', same: true },
    { sentence1: '几点开门', sentence2: '在哪里', same: false },
  ]
  test.each([
    ['tabs with a header', 'sentence1\tsentence2\tlabel\n怎么退货\t如何退货\t1\n几点开门\t在哪里\t0\n'],
    [
      'a byte-order mark and Windows’ line ends',
      '\uFEFFsentence1\tsentence2\tlabel\r\n怎么退货\t如何退货\t1\r\n几点开门\t在哪里\t0\r\n',
    ],
    ['names in capitals and another order', 'Label,SENTENCE2,Sentence1\n1,如何退货,怎么退货\n0,在哪里,几点开门\n'],
    ['no header', '怎么退货\t如何退货\t1\n几点开门\t在哪里\t0'],
    ['no header and a number before', '1\t\uFEFF怎么退货\t如何退货\t1\n2\t几点开门\t在哪里\t0\n'],
    ['everything quoted', '"sentence1","sentence2","label"\n"怎么退货","如何退货","1"\n"几点开门","在哪里","0"\n'],
    ['labels as words and fractions', 'sentence1,sentence2,label\n怎么退货,如何退货,TRUE\n几点开门,在哪里,0.0\n'],
    ['blank lines', '\n\nsentence1,sentence2,label\n\n怎么退货,如何退货,1\n几点开门,在哪里,0\n\n\n'],
    ['other names', 'id,question1,question2,is_duplicate\n7,怎么退货,如何退货,1\n8,几点开门,在哪里,0\n'],
    [
      'objects',
      '{"sentence1":"怎么退货","sentence2":"如何退货","label":"1"}\n{"sentence1":"几点开门","sentence2":"在哪里","label":0}\n',
    ],
    ['semicolons', 'sentence1;sentence2;label\n怎么退货;如何退货;1\n几点开门;在哪里;0'],
  ])('%s', (_, content) => {
    expect(readPairs(file(content))).toEqual({ pairs: wanted, skipped: 0 })
    expect(readPairs(file(gzipSync(content)))).toEqual({ pairs: wanted, skipped: 0 })
  })

  test('in the encodings of Chinese Windows', () => {
    const text = 'sentence1\tsentence2\tlabel\n怎么退货\t如何退货\t1\n几点开门\t在哪里\t0\n'
    expect(readPairs(file(Buffer.from(`\uFEFF${text}`, 'utf16le'))).pairs).toEqual(wanted)
    // 退货 in GB 18030, which Node does not write.
    const gb = Buffer.concat([
      Buffer.from([0xcd, 0xcb, 0xbb, 0xf5]),
      Buffer.from(','),
      Buffer.from([0xcd, 0xcb]),
      Buffer.from(',1\n'),
    ])
    expect(readPairs(file(Buffer.concat([gb, gb]))).pairs[0]).toEqual({
      sentence1: '退货',
      sentence2: '退',
      same: true,
    })
  })

  test('commas, quotes and line ends within quotes belong to the sentence; a quote alone in text parted by tabs is one', () => {
    const csv = 'sentence1,sentence2,label\n"你好,""在""吗","第一行\n第二行",1\n'
    expect(readPairs(file(csv)).pairs).toEqual([{ sentence1: '你好,"在"吗', sentence2: '第一行\n第二行', same: true }])
    const tsv = 'sentence1\tsentence2\tlabel\n"花呗怎么开\t怎么开"花呗"\t1\n5"的屏\t多大\t0\n'
    expect(readPairs(file(tsv)).pairs).toEqual([
      { sentence1: '"花呗怎么开', sentence2: '怎么开"花呗"', same: true },
      { sentence1: '5"的屏', sentence2: '多大', same: false },
    ])
    const multiline = 'sentence1\tsentence2\tlabel\n"一\n二"\t三\t1\n'
    expect(readPairs(file(multiline)).pairs).toEqual([{ sentence1: '一\n二', sentence2: '三', same: true }])
  })

  test('empty sentences and labels that say nothing are left out and counted; a very long sentence is not', () => {
    const long = '退'.repeat(300_000)
    const some = `sentence1\tsentence2\tlabel\n\t如何退货\t1\n怎么退货\t\t1\n怎么退货\t如何退货\t-\n怎么退货\t${long}\t1\n`
    const { pairs, skipped } = readPairs(file(some))
    expect({ n: pairs.length, length: pairs[0]!.sentence2.length, skipped }).toEqual({
      n: 1,
      length: 300_000,
      skipped: 3,
    })
  })

  test('a file without any pair is refused by name', () => {
    expect(() => readPairs(file('sentence1,sentence2,label\na,b,0\n'))).toThrow('no pair with the label 1')
    expect(() => readPairs(file(''))).toThrow('no pair')
  })
})

describe('summaries of buyers', () => {
  const wanted = { x: [2, 0], tx: [30.43, 0], t: [38.86, 38.71] }
  test.each([
    ['by name', 'x,t_x,T\n2,30.43,38.86\n0,0,38.71\n'],
    [
      'with ids, other columns, another order, quotes',
      '"ID";"T";"X";"T_X";"spend"\n"0001";"38.86";"2";"30.43";"9.9"\n"0002";38.71;0;0.00;\n',
    ],
    ['as R writes them', 'x t.x T.cal x.star\n0001 2 30.43 38.86 1\n0002 0 0.00 38.71 0\n'],
    ['as lifetimes calls them', 'ID\tfrequency\trecency\tT\r\n1\t2\t30.43\t38.86\r\n2\t0\t0\t38.71\r\n'],
    ['t in small letters', 'T_x,t,x\n30.43,38.86,2\n0,38.71,0\n'],
    ['no header', '2,30.43,38.86\n0,0,38.71\n'],
    ['no header and an id', '1 2 30.43 38.86\n2 0 0 38.71\n'],
  ])('%s', (_, content) => {
    const { buyers, skipped } = readSummary(file(content))
    expect({ x: [...buyers.x], tx: [...buyers.tx], t: [...buyers.t], skipped }).toEqual({ ...wanted, skipped: 0 })
  })

  test('lines without numbers are left out and counted; rounding is not held against a line', () => {
    const { buyers, skipped } = readSummary(file('x,t_x,T\n2,30.43,38.86\nNA,,\n1,38.862,38.86\n'))
    expect({ tx: [...buyers.tx], skipped }).toEqual({ tx: [30.43, 38.86], skipped: 1 })
  })

  test('a file without the columns is refused', () => {
    expect(() => readSummary(file('a,b\n1,2\n'))).toThrow('x, t_x and T')
  })
})
