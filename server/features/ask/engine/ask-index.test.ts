import { describe, expect, test } from 'vitest'
import { AskIndex } from './ask-index.ts'
import { normalise } from './normalise.ts'

const TEXTS = [
  '退换货流程 七天内没有穿过洗过都可以退换',
  '尺码建议 报一下身高体重',
  '发货时间 付款后四十八小时内发出',
  '会员日满300减50',
  '门店地址 静安寺地铁站二号口',
  '洗涤方式 三十度水温手洗',
]
const over = (groups: string[][] = [], texts = TEXTS) => AskIndex.build(texts, groups, async () => undefined)
const firstOf = (index: AskIndex, question: string) => TEXTS[index.ask(question, 3)[0]?.doc ?? -1]

describe('what a customer asks finds the reply', () => {
  test('written in traditional characters as in simplified ones', async () => {
    const index = await over()
    expect(firstOf(index, '請問可以退換貨嗎')).toBe(TEXTS[0])
    expect(index.ask('請問可以退換貨嗎', 3)).toEqual(index.ask('请问可以退换货吗', 3))
  })

  test('in a small library too: what everything is asked with weighs little, what is asked about much', async () => {
    const small = ['可以代写贺卡吗', '退换货流程', '今天能发货吗', '包装能换吗']
    const index = await over([], small)
    expect(small[index.ask('可以退换货吗？', 1)[0]!.doc]).toBe('退换货流程')
    expect(small[index.ask('能换货吗？', 1)[0]!.doc]).toBe('退换货流程')
  })

  test('with characters that only sound alike', async () => {
    expect(firstOf(await over(), '怎么推换活')).toBe(TEXTS[0])
    expect(firstOf(await over(), '吃马怎么选')).toBe(TEXTS[1])
  })

  test('in other words of customer service: 快递几时寄 asks when it is sent', async () => {
    expect(firstOf(await over(), '几时寄出')).toBe(TEXTS[2])
  })

  test('with a number, in full width too', async () => {
    expect(firstOf(await over(), '满３００减多少')).toBe(TEXTS[3])
  })

  test('in the shop’s own words once they are synonyms, either way round', async () => {
    expect((await over()).ask('能熨烫不', 3).filter(({ covered }) => covered > 0.3)).toEqual([])
    for (const group of [
      ['熨烫', '洗涤'],
      ['洗涤', '熨烫'],
    ])
      expect(firstOf(await over([group]), '能熨烫不')).toBe(TEXTS[5])
  })
})

describe('what finds nothing', () => {
  test('an empty library, empty texts and an empty question', async () => {
    expect((await over([], [])).ask('怎么退货', 3)).toEqual([])
    expect((await over([], ['', '！！'])).ask('怎么退货', 3)).toEqual([])
    expect((await over()).ask('？？ 😀', 3)).toEqual([])
  })

  test('manners alone are no match', async () => {
    const found = (await over()).ask('你好，在吗，谢谢', 3)
    expect(found.every(({ covered }) => covered < 0.3)).toBe(true)
  })

  test('signs of regular expressions are only signs', async () => {
    for (const hostile of ['.*(', '[[', '\\', '(?:)+$', '{{称呼}}'])
      expect((await over([[hostile, 'a+']])).ask(hostile, 3).length).toBeLessThanOrEqual(3)
  })
})

test('why: the words of the reply that answer, as they stand there', async () => {
  const index = await over()
  expect(index.matched('可以退換貨嗎', '退換貨流程：七天内可以退換')).toEqual(['可以退換', '退換貨'])
  expect(index.matched('怎么推换活', TEXTS[0]!)).toContain('退换货')
  expect(index.matched('你好', TEXTS[0]!)).toEqual([])
})

test('one spelling for full width, capitals and traditional characters', () => {
  expect(normalise('ＶＩＰ會員，幾點開門？')).toBe('vip会员 几点开门')
})
