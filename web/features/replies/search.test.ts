import { describe, expect, test } from 'vitest'
import type { Reply } from '#shared/replies.ts'
import { replyWith } from './testing.ts'
import { pieces } from './fold.ts'
import { indexReplies, searchReplies } from './search.ts'

const reply = (title: string, pinyin: string, text = '好的', more: Partial<Reply> = {}): Reply => {
  const initials = pinyin
    .split(' ')
    .map((sound) => sound[0])
    .join('')
  return replyWith({ title, pinyin, initials, parts: [{ type: 'text', text }], ...more })
}
const library = [
  reply('特价款退换货说明', 'te jia kuan tui huan huo shuo ming', '特价款支持换码一次'),
  reply('退换货流程（7 天）', 'tui huan huo liu cheng 7 tian', '{{称呼|您}}，收到后 7 天内都可以退换'),
  reply('尺码怎么选 M码', 'chi ma zen me xuan M ma', '报一下身高体重'),
  reply('长袖什么时候到', 'chang xiu shen me shi hou dao', '本周到店，退换货另说'),
  reply('VIP 日', 'vip ri', '满 300 减 30'),
]
const find = (query: string, replies = library) => searchReplies(indexReplies(replies), query)
const titles = (query: string, replies = library) => find(query, replies).map((hit) => hit.reply.title)
const marked = (query: string) =>
  find(query).map((hit) =>
    pieces(hit.reply.title, hit.marks)
      .map((p) => (p.marked ? `[${p.text}]` : p.text))
      .join(''),
  )

describe('finding a reply', () => {
  test('thh finds 退换货, the title that starts with it first, and marks it', () => {
    expect(marked('thh')).toEqual(['[退换货]流程（7 天）', '特价款[退换货]说明'])
  })

  test('full pinyin, a prefix of it, and pinyin mixed with initials read the same', () => {
    for (const query of ['tuihuanhuo', 'tuihuanh', 'tuihuan', 'tuih', 'tui huan', 'tuihh', 'thhuo', 'TuiHuan'])
      expect([query, ...titles(query).slice(0, 2)]).toEqual([query, '退换货流程（7 天）', '特价款退换货说明'])
  })

  test('zh, ch and sh count as initials, and x as the start of xuan', () => {
    expect(titles('chm')).toEqual(['尺码怎么选 M码'])
    expect(titles('chixu')).toEqual([])
    expect(titles('cmzmx')).toEqual(['尺码怎么选 M码'])
  })

  test('pinyin goes on through digits, brackets and spaces of the title', () => {
    expect(marked('lc7t')).toEqual(['退换货[流程（7 天]）'])
  })

  test('a Latin word counts as one syllable, as the server reads it', () => {
    const vip = [reply('VIP 尺码 XL/42', 'vip chi ma xl 42')]
    for (const query of ['vcmx4', 'vipchima', 'vicm', 'xl42', 'cmxl'])
      expect([query, ...titles(query, vip)]).toEqual([query, 'VIP 尺码 XL/42'])
  })

  test('a single character, Chinese or not, is enough', () => {
    expect(titles('退')).toEqual(['退换货流程（7 天）', '特价款退换货说明', '长袖什么时候到'])
    expect(titles('7')[0]).toBe('退换货流程（7 天）')
  })

  test('case and full width make no difference, and the mark stays in its place', () => {
    expect(marked('ＶＩＰ')).toEqual(['[VIP] 日'])
    expect(marked('m码')).toEqual(['尺码怎么选 [M码]'])
  })

  test('every word must be found, in title or text', () => {
    expect(titles('退换货　一次')).toEqual(['特价款退换货说明'])
    expect(titles('退换货 身高')).toEqual([])
  })

  test('a word of the text finds it too, after titles, but not the name of a variable', () => {
    expect(find('身高')).toMatchObject([{ inBody: true, marks: [] }])
    expect(titles('退换货').at(-1)).toBe('长袖什么时候到')
    expect(titles('称呼')).toEqual([])
  })

  test('one mistyped letter is forgiven when nothing else answers', () => {
    expect(titles('tuihaunhuo')).toEqual([])
    expect(titles('tuihunhuo')).toEqual(['特价款退换货说明', '退换货流程（7 天）'])
    expect(titles('退还货')).toEqual(['特价款退换货说明', '退换货流程（7 天）'])
  })

  test('nonsense finds nothing', () => {
    expect(titles('zzzz')).toEqual([])
    expect(titles('(.*')).toEqual([])
  })
})

describe('which comes first', () => {
  test('exact title, then prefix, then inside, then pinyin, then text', () => {
    const replies = [
      reply('别的', 'bie de', '包邮'),
      reply('报油', 'bao you'),
      reply('满百包邮', 'man bai bao you'),
      reply('包邮说明', 'bao you shuo ming'),
      reply('包邮', 'bao you'),
    ]
    expect(titles('包邮', replies)).toEqual(['包邮', '包邮说明', '满百包邮', '别的'])
    expect(titles('baoyou', replies)).toEqual(['报油', '包邮说明', '包邮', '满百包邮'])
  })

  test('among equals what I use most wins, then what the team uses, then the library’s order', () => {
    const replies = [
      reply('退一', 'tui yi'),
      reply('退二', 'tui er', 'x', { teamUses: 9 }),
      reply('退三', 'tui san', 'x', { uses: 1 }),
      reply('退四', 'tui si'),
    ]
    expect(titles('t', replies)).toEqual(['退三', '退二', '退一', '退四'])
    expect(titles('', replies)).toEqual(['退三', '退二', '退一', '退四'])
  })

  test('a title whose stored pinyin does not fit it is still found, without a mark', () => {
    const odd = [reply('😀到货', 'dao huo huo')]
    expect(find('daohuo', odd)).toMatchObject([{ marks: [] }])
    expect(find('dh', odd)).toHaveLength(1)
  })

  test('绿 is typed lv, however its umlaut was stored', () => {
    expect(titles('lvse', [reply('绿色', 'lv se')])).toEqual(['绿色'])
    expect(titles('lvs', [reply('绿色', 'lü se')])).toEqual(['绿色'])
  })
})
