import { expect, test } from 'vitest'
import { allReadings, readings } from './pinyin.ts'

test('three initials find returns and exchanges', () => {
  expect(readings('退换货')).toEqual({ pinyin: 'tui huan huo', initials: 'thh' })
})

test.for([
  ['重新发货', 'chong xin fa huo'],
  ['重量说明', 'zhong liang shuo ming'],
  ['银行转账', 'yin hang zhuan zhang'],
  ['长款外套', 'chang kuan wai tao'],
  ['店长推荐', 'dian zhang tui jian'],
  ['跨店调货', 'kua dian diao huo'],
  ['女款', 'nv kuan'],
])('a character with several readings is read in its phrase: %s', ([text, read]) => {
  expect(readings(text!).pinyin).toBe(read)
})

test('latin words and sizes are searchable beside the Chinese', () => {
  expect(readings('VIP 尺码 XL/42')).toEqual({ pinyin: 'vip chi ma xl 42', initials: 'vcmx4' })
})

test('emoji and punctuation leave no trace', () => {
  expect(readings('🎉七夕·礼盒！')).toEqual({ pinyin: 'qi xi li he', initials: 'qxlh' })
})

test('a title without anything readable has empty readings', () => {
  expect(readings('🎁')).toEqual({ pinyin: '', initials: '' })
})

test.for([
  ['重量说明', 'zhong/chong liang shuo/shui/yue ming'],
  ['VIP 行', 'vip xing/hang/heng'],
  ['退 7 天', 'tui 7 tian'],
  ['🎁', ''],
])('for searching, %s keeps every reading of a character, the likeliest first', ([text, read]) => {
  expect(allReadings(text!).pinyin).toBe(read)
})
