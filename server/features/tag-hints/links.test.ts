import { describe, expect, test } from 'vitest'
import { TagBook } from './book.ts'
import { holds, type Link, rank, shareOf, surely } from './links.ts'

const link = (more: Partial<Link> = {}): Link => ({
  ...{ from: 'tag:vip', tagId: 'tea', both: 40, one: 50, other: 60, people: 400 },
  ...more,
})

describe('a link holds', () => {
  test('when it is often, surely, and more than by chance', () => expect(holds(link())).toBe(true))
  test.for([
    ['four customers are too few', link({ both: 4, one: 5, other: 6 })],
    ['what is hardly more usual than among all', link({ both: 10, one: 50, other: 60 })],
    ['what everybody has', link({ both: 45, one: 50, other: 350 })],
    ['a rarity', link({ both: 8, one: 100, other: 9, people: 4_000 })],
  ] as const)('not %s', ([, one]) => expect(holds(one)).toBe(false))
  test('the share is of those with the one, the usual of all', () =>
    expect(shareOf(link())).toEqual({ share: 0.8, both: 40, usual: 0.15 }))
  test('Wilson’s bound: 8 of 10 is less sure than 80 of 100', () => {
    expect(surely(8, 10)).toBeCloseTo(0.4902, 4)
    expect(surely(80, 100)).toBeCloseTo(0.7112, 4)
    expect(surely(0, 0)).toBe(0)
  })
})

test('tags come by their strongest link; what is never to be suggested does not come', () => {
  const links = [
    link({ tagId: 'weak', both: 20 }),
    link({ tagId: 'tea' }),
    link({ tagId: 'tea', from: 'tag:b', both: 45 }),
    link({ tagId: 'mine', both: 49 }),
  ]
  expect(rank(links, (tag) => tag === 'mine').map(({ tagId, from }) => [tagId, from])).toEqual([
    ['tea', 'tag:b'],
    ['weak', 'tag:vip'],
  ])
})

describe('leave-one-out', () => {
  const book = (group: Record<string, string | null>, people: string[][]) => {
    const all = new TagBook(new Map(Object.entries(group)), people.length)
    for (const [i, tags] of people.entries()) all.add({ id: `c${i}`, tags, words: [] })
    return all
  }
  const times = (n: number, ...tags: string[]) => Array.from({ length: n }, () => tags)

  test('finds the other of a pair, where the most frequent tag is another', () => {
    const people = [...times(100, 'a', 'b'), ...times(300, 'c')]
    const trial = book({ a: null, b: null, c: null }, people).tryOut('tags')
    expect(trial).toEqual({ cases: 100, spoken: 100, shown: 100, hits: 100, usualHits: 0, usualTop: 100 })
  })
  test('the customer is not evidence for himself: five of a kind are four without the one that is tried', () => {
    const people = [...times(5, 'a', 'b'), ...times(300, 'c')]
    expect(book({ a: null, b: null, c: null }, people).tryOut('tags')).toMatchObject({ cases: 5, spoken: 0 })
    const six = [...times(6, 'a', 'b'), ...times(300, 'c')]
    expect(book({ a: null, b: null, c: null }, six).tryOut('tags')).toMatchObject({ cases: 6, spoken: 6, hits: 6 })
  })
  test('never a second of a group that allows one', () => {
    const people = [...times(60, 'a', 'b'), ...times(60, 'a', 'd'), ...times(300, 'c')]
    const trial = book({ a: null, b: 'g', c: null, d: 'g' }, people).tryOut('tags')
    expect(trial.shown).toBeLessThanOrEqual(trial.spoken * 2)
  })
  test('a tag that is in no group any more is not counted', () =>
    expect(book({ a: null }, times(50, 'a', 'gone')).tryOut('tags').cases).toBe(0))
})
