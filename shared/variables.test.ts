import { describe, expect, test } from 'vitest'
import { ageOf, fillText, promptsIn, valuesOf, variablesIn } from './variables.ts'

const values = { 称呼: '李姐', 门店: '静安店', 我的名字: '' }

describe('filling a reply for one customer', () => {
  test('known values are put in, and each stretch says where it came from', () => {
    const filled = fillText('{{称呼}}，我在{{门店}}等您', values)
    expect(filled.text).toBe('李姐，我在静安店等您')
    expect(filled.spans).toEqual([
      { text: '李姐', variable: '称呼' },
      { text: '，我在', variable: null },
      { text: '静安店', variable: '门店' },
      { text: '等您', variable: null },
    ])
    expect(filled.missing).toEqual([])
  })

  test('an unknown salutation falls back to the words the writer gave', () => {
    expect(fillText('{{称呼|您}}好', {})).toMatchObject({ text: '您好', missing: [] })
    expect(fillText('{{ 称呼 ｜ 您 }}好', { 称呼: '  ' }).text).toBe('您好')
  })

  test('an empty fallback says nothing and does not block', () => {
    expect(fillText('{{称呼|}}您好', {})).toEqual({
      spans: [{ text: '您好', variable: null }],
      text: '您好',
      missing: [],
    })
  })

  test('a variable without value or fallback blocks the send, once by name', () => {
    const filled = fillText('{{我的名字}}和{{我的名字}}', values)
    expect(filled.missing).toEqual(['我的名字'])
    expect(filled.text).toBe('{{我的名字}}和{{我的名字}}')
  })

  test('a name we do not know blocks even with a fallback', () => {
    expect(fillText('送您{{优惠劵|好礼}}', values).missing).toEqual(['优惠劵'])
    expect(fillText('{{constructor}}{{__proto__}}', values).missing).toEqual(['constructor', '__proto__'])
  })

  test('braces that do not pair are the writer’s own words', () => {
    for (const text of ['{{称呼', '称呼}}', '{称呼}', '{{}}', '{{ }}', '}}{{', 'a{b}c'])
      expect(fillText(text, values)).toMatchObject({ text, missing: [] })
    expect(fillText('{{{称呼}}}', values).text).toBe('{李姐}')
  })

  test('a customer called {{我的名字}} is written as that, never filled again', () => {
    const filled = fillText('{{称呼}}好', { 称呼: '{{我的名字}}', 我的名字: '秘密' })
    expect(filled).toMatchObject({ text: '{{我的名字}}好', missing: [] })
  })

  test('full-width braces from a Chinese keyboard work too', () => {
    expect(fillText('｛｛称呼｜您｝｝好', values).text).toBe('李姐好')
    expect(variablesIn('｛｛称呼｜您｝｝{{门店}}')).toEqual(['称呼', '门店'])
  })
})

describe('what a card can fill in', () => {
  const order = (kind: 'sale' | 'refund', orderedAt: string, name: string) => ({
    ...{ id: name, orderNumber: name, currency: 'CNY', amountFen: 1, discountFen: 0, store: null, channel: null },
    ...{ status: null, logistics: null, productUrl: null, kind, orderedAt },
    items: [{ sku: 's', name, quantity: 1, unitPriceFen: 1 }],
  })
  const me = { userId: 'rep-a', name: '小陈', storeName: null }
  const follow = {
    remark: '试穿过大衣',
    salutation: '李姐',
    description: '',
    company: '',
    phones: [],
    addWay: 1,
    state: null,
    addedAt: '2026-01-01T00:00:00Z',
  }

  test('the last order is the newest sale, not the refund after it, dated as it was in China', () => {
    const orders = [
      order('refund', '2026-11-12T00:00:00Z', '退掉的裙子'),
      order('sale', '2026-11-10 16:30:00.123456+00', '羊绒衫'),
    ]
    expect(valuesOf({ me, follow, orders, tastes: ['category:针织衫', 'size:M'] })).toEqual({
      ...{ 称呼: '李姐', 客户备注: '试穿过大衣', 我的名字: '小陈', 门店: '' },
      '最近订单.商品': '羊绒衫',
      '最近订单.日期': '11月11日',
      '最近订单.物流': '',
      ...{ '偏好.品类': '针织衫', '偏好.颜色': '', '偏好.尺码': 'M' },
    })
  })

  test('a customer without orders leaves the order variables to their fallback', () => {
    const filled = fillText('{{最近订单.商品|您看中的那件}}到了', valuesOf({ me, follow, orders: [], tastes: [] }))
    expect(filled).toMatchObject({ text: '您看中的那件到了', missing: [] })
  })
})

describe('prompts', () => {
  test('a text asks the rep, and is blocked until it is answered', () => {
    const words = '您 {{?到店时间}} 来，我等您'
    expect(promptsIn(words)).toEqual(['?到店时间'])
    expect(fillText(words, {})).toMatchObject({ missing: ['?到店时间'] })
    expect(fillText(words, {}, { '?到店时间': ' 周六下午 ' })).toMatchObject({
      text: '您 周六下午 来，我等您',
      missing: [],
    })
    expect(fillText('{{?几点|随时}}来', {}).text).toBe('随时来')
  })
  test('an answer is never read for a variable of the card, nor the card for a prompt', () => {
    expect(fillText('{{称呼}}', {}, { 称呼: '姐' }).missing).toEqual(['称呼'])
  })
})

test('words from an order of long ago tell their age', () => {
  const card = { orders: [{ kind: 'sale', orderedAt: '2026-01-01T00:00:00Z' }] } as never
  const now = new Date('2026-06-01T00:00:00Z')
  expect(ageOf(['最近订单.商品'], card, now)).toBe(151)
  expect(ageOf(['称呼', null], card, now)).toBeNull()
  expect(ageOf(['最近订单.商品'], card, new Date('2026-01-20T00:00:00Z'))).toBeNull()
})
