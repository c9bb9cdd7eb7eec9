import { mount } from '@vue/test-utils'
import { afterEach, describe, expect, test } from 'vitest'
import { NEXT_KINDS, type NextAction } from '#shared/next.ts'
import { locale } from '#web/lib/i18n.ts'
import NextLine from './NextLine.vue'
import { sayNext, wordFor } from './say.ts'

const action = (more: Partial<NextAction> = {}): NextAction => ({
  kind: 'cold',
  fact: 'x',
  at: '2026-03-14T16:00:00Z',
  days: 37,
  about: null,
  task: null,
  noteId: null,
  ...more,
})
afterEach(() => (locale.value = 'zh'))

test.each([
  [{ kind: 'returned', days: 0 }, '主管退回了一条跟进', '今天退回，改好再交'],
  [{ kind: 'unanswered', days: 3 }, '还没有打过招呼', '3 天前添加，之后没发过消息也没记跟进'],
  [{ kind: 'repurchase', days: 64, about: '香薰' }, '可能该再买香薰了', '上次买是64 天前，按买的间隔就在这几天'],
  [{ kind: 'birthday', days: 1 }, '明天生日', '03-15，提前备一句祝福'],
  [{ kind: 'birthday', days: 0 }, '今天生日', '03-15，提前备一句祝福'],
  [{}, '37 天没有联系了', '买过或在跟进中，别让客户凉下来'],
  [{ about: 'cooling' }, '37 天没有联系了', '自己的动静也在变少，趁早问候'],
] as [Partial<NextAction>, string, string][])('%o is said with its reason', (more, what, why) => {
  expect(sayNext(action(more))).toEqual({ what, why })
})

test('in English every kind has its words, and nothing is left to fill in', () => {
  locale.value = 'en'
  for (const kind of NEXT_KINDS) {
    const { what, why } = sayNext(action({ kind, about: 'candle' }))
    expect(`${what}${why}`).not.toMatch(/[{}\p{Script=Han}]/u)
  }
})

test('the replies open at the first word that some reply holds, at all of them where none does', () => {
  const repurchase = { kind: 'repurchase', about: '香薰' } as const
  expect(wordFor(repurchase, ['香薰怎么用', '到货通知'])).toBe('香薰')
  expect(wordFor(repurchase, ['您要的到货了'])).toBe('到货')
  expect(wordFor({ kind: 'birthday', about: null }, ['您好'])).toBe('')
})

describe('the line', () => {
  test('one tap acts, another puts it away', async () => {
    const line = mount(NextLine, { props: { next: action() } })
    expect(line.text()).toMatch(/37 天没有联系了.*找话术/)
    await line.get('button.row').trigger('click')
    await line.get('button[aria-label="先不提"]').trigger('click')
    expect([line.emitted('act'), line.emitted('dismiss')]).toEqual([[[]], [[]]])
  })

  test('a promise is shown by its own row, whose circle still ends it', () => {
    const task = { id: 't', title: '发报价' } as unknown as NonNullable<NextAction['task']>
    const line = mount(NextLine, {
      props: { next: action({ kind: 'overdue', task }) },
      slots: { default: '<button id="circle">完成</button>' },
    })
    expect(line.find('#circle').exists()).toBe(true)
    expect(line.find('button.row').exists()).toBe(false)
  })
})
