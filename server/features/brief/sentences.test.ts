import { expect, test } from 'vitest'
import { cutText, sayingsOf, speaksOf } from './sentences.ts'

test.each([
  ['别打电话', 'donts'],
  ['不要晚上发消息', 'donts'],
  ['不喜欢群发', 'donts'],
  ['对羊毛过敏', 'donts'],
  ['怕毛料扎', 'donts'],
  ['让我别老发新品', 'donts'],
  ['不太喜欢深色', 'donts'],
  ['不接电话', 'donts'],
  ['喜欢提前知道上新', 'tone'],
  ['晚上八点后方便', 'tone'],
  ['话不多', 'tone'],
  ['秒回', 'tone'],
  ['喜欢象牙白', 'needs'],
  ['预算 300 内', 'needs'],
  ['给先生买生日礼物', 'needs'],
  ['问圣诞袜能不能绣名字', 'needs'],
  ['试穿反馈偏大', 'needs'],
  ['最近在看餐桌摆件和烛台', 'needs'],
  ['特别满意', null],
  ['换了别的款', null],
  ['问她要不要一起来', null],
  ['说不要紧', null],
  ['已发', null],
  ['已答应周四前给样图', null],
  ['跟她说私下给她优惠', null],
  ['换码寄出', null],
] as const)('“%s” speaks of %s', (clause, speaks) => {
  expect(speaksOf(clause)).toBe(speaks)
})

test('one sentence may speak of two things, each in its own words', () => {
  expect(sayingsOf('老客，喜欢提前知道上新，不喜欢群发。')).toEqual([
    { speaks: 'tone', text: '老客，喜欢提前知道上新' },
    { speaks: 'donts', text: '不喜欢群发' },
  ])
})

test('what only makes sense beside what it follows stays with it; sentences about nothing are left out', () => {
  expect(sayingsOf('试穿反馈偏大，建议下次直接推 S。对驼色大衣感兴趣，等双 12 价。今天天气好')).toEqual([
    { speaks: 'needs', text: '试穿反馈偏大，建议下次直接推 S' },
    { speaks: 'needs', text: '对驼色大衣感兴趣，等双 12 价' },
  ])
  expect(sayingsOf('已发')).toEqual([])
})

test('a long text is cut by characters, not through a letter made of two', () => {
  expect(cutText('😀'.repeat(70), 60)).toBe(`${'😀'.repeat(59)}…`)
  expect(cutText(' 一\n二 ', 60)).toBe('一 二')
})
