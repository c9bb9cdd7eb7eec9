import { describe, expect, test } from 'vitest'
import { findWords, flagNote, mondayOf, type NoteFacts, type ReviewRule } from './flags.ts'

const rule = (row: Partial<ReviewRule>): ReviewRule => ({
  id: 'r',
  kind: 'words',
  name: '规则',
  tone: 'bad',
  words: [],
  limit: 0,
  enabled: true,
  ...row,
})
const facts = (row: Partial<NoteFacts>): NoteFacts => ({
  body: '试穿满意，约周六到店再看大衣',
  contactDays: 1,
  hasNext: true,
  editedAfterReview: false,
  ...row,
})
const spansOf = (text: string, ...words: string[]) => findWords(text, words)?.spans.map(([a, b]) => text.slice(a, b))

describe('forbidden phrases', () => {
  test.for([
    ['我跟她说可以私下返 50', '私下返', ['私下返']],
    ['我跟她说可以私 下·返 50', '私下返', ['私 下·返']],
    ['加了我个人微信，后面聊', '加*微信', ['加了我个人微信']],
    ['加她 ＷｅＣｈａｔ 了', 'wechat', ['ＷｅＣｈａｔ']],
    ['私下返，又说私下返', '私下返', ['私下返', '私下返']],
  ] as const)('%s: “%s” is found where it stands', ([text, word, found]) => expect(spansOf(text, word)).toEqual(found))

  test.for([
    ['店里加单，微信支付的', '加微信'],
    ['加单之后她问了三件别的事情才提到微信', '加*微信'],
    ['可以返修', '私下返'],
    ['', '私下返'],
  ] as const)('%s: no “%s”', ([text, word]) => expect(findWords(text, [word])).toBeUndefined())

  test('two phrases that overlap are one span', () =>
    expect(spansOf('可以私下返现给她', '私下返', '返现')).toEqual(['私下返现']))

  test('a phrase of a regular expression is only a phrase', () =>
    expect(findWords('价格 (a+)+$ 怎样', ['(a+)+$ 怎'])?.spans.length).toBe(1))
})

describe('rules', () => {
  const flags = (one: Partial<ReviewRule>, of: Partial<NoteFacts>) =>
    flagNote([rule(one)], facts(of)).map((f) => f.found)

  test('short counts what says something', () => {
    expect(flags({ kind: 'short', limit: 6 }, { body: '已发…… !!' })).toEqual(['2'])
    expect(flags({ kind: 'short', limit: 2 }, { body: '已发' })).toEqual([])
  })
  test('no next step', () => {
    expect(flags({ kind: 'noNext' }, { hasNext: false })).toEqual([''])
    expect(flags({ kind: 'noNext' }, { hasNext: true })).toEqual([])
  })
  test('the day beyond the limit, not the last within it', () => {
    expect(flags({ kind: 'often', limit: 3 }, { contactDays: 4 })).toEqual(['4'])
    expect(flags({ kind: 'often', limit: 3 }, { contactDays: 3 })).toEqual([])
  })
  test('changed after it was judged', () =>
    expect(flags({ kind: 'edited' }, { editedAfterReview: true })).toEqual(['']))
  test('a promise without a date', () => {
    expect(flags({ kind: 'vague', words: ['改天', '回头'] }, { body: '回头再约', hasNext: false })).toEqual(['回头'])
    expect(flags({ kind: 'vague', words: ['改天', '回头'] }, { body: '回头再约', hasNext: true })).toEqual([])
  })
  test('one that is off says nothing', () =>
    expect(flags({ kind: 'noNext', enabled: false }, { hasNext: false })).toEqual([]))
})

test.for([
  ['2026-11-23T00:00:00+08:00', '2026-11-23'],
  ['2026-11-22T23:59:59+08:00', '2026-11-16'],
  ['2026-11-29T20:00:00+08:00', '2026-11-23'],
  ['2027-01-01T01:00:00+08:00', '2026-12-28'],
] as const)('the week of %s began on %s', ([at, monday]) => expect(mondayOf(new Date(at))).toBe(monday))
