import { describe, expect, test } from 'vitest'
import { saidOf, spokenOf, wordsOfTag } from './said.ts'

const alike = (word: string) => (word === '乔迁' ? ['搬家', '搬新家'] : [])

describe('the words that speak of a tag', () => {
  test.for([
    ['喜欢红色', ['喜欢红色', '红色']],
    ['烛台与香氛', ['烛台与香氛', '烛台', '香氛']],
    ['乔迁', ['乔迁', '搬家', '搬新家']],
    ['波点控', ['波点控', '波点']],
    ['S', []],
  ] as const)('%s', ([name, words]) => expect(wordsOfTag(name, alike)).toEqual(words))
})

describe('said for it, or against it', () => {
  test.for([
    ['她喜欢红色', false],
    ['特别喜欢红色', false],
    ['没想到红色这么衬她', false],
    ['红色不错，想再看看', false],
    ['不仅看中红色，还要了条围巾', false],
    ['不喜欢黑色但喜欢红色', false],
    ['不要蓝色，要红色', false],
    ['別人推荐的紅色，她很喜歡', false],
    ['不喜欢红色', true],
    ['不太喜欢红色', true],
    ['别给她推红色', true],
    ['不喜欢蓝色、红色', true],
    ['讨厌红色', true],
    ['红色不要', true],
    ['红色太艳了', true],
    ['红色显老', true],
    ['除了红色都可以', true],
    ['问要不要红色', true],
    ['喜欢蓝色', null],
  ] as const)('%s', ([body, denied]) => expect(spokenOf(body, ['红色'])?.denied ?? null).toBe(denied))
  test('letters stand alone', () => {
    expect(spokenOf('vipshop 买的', ['vip'])).toBeNull()
    expect(spokenOf('说自己是 VIP 客户', ['vip'])?.denied).toBe(false)
  })
})

test('the newest note decides: once against it, older praise is silent; the excerpt is of the newest', () => {
  const notes = [
    { id: 'n3', at: '3', body: '今天问了物流' },
    { id: 'n2', at: '2', body: '试了红色的大衣，很满意，说下次带妹妹来一起看看别的颜色和围巾，顺便买些礼物' },
    { id: 'n1', at: '1', body: '喜欢红色' },
  ]
  expect(saidOf(notes, ['红色'])).toEqual({
    note: 'n2',
    at: '2',
    excerpt: expect.stringMatching(/^试了红色的大衣.*…$/),
    count: 2,
  })
  expect(saidOf([{ id: 'n4', at: '4', body: '不要红色了' }, ...notes], ['红色'])).toBeNull()
})
