import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { CustomerId } from '#shared/ids.ts'
import { ApiError } from '#web/lib/api.ts'
import { cardWith, open, serverOf } from '../replies/testing.ts'
import { addWayText } from './facts.ts'
import ProfileSheet from './ProfileSheet.vue'

const server = serverOf({})
vi.mock('#web/lib/api.ts', async (original) => ({
  ...(await original<object>()),
  call: (...args: Parameters<typeof server.call>) => server.call(...args),
}))

const EDIT = 'put /api/customers/:customerId/follow'
let card = cardWith()
let opened: ReturnType<typeof open>['page'] | undefined

async function sheet(of = card) {
  card = of
  const { page, shown, pinia } = open(ProfileSheet, of, { customerId: 'wmA' as CustomerId })
  opened = page
  await flushPromises()
  const field = (label: string) => {
    const one = [...document.body.querySelectorAll('label')].find((l) => l.textContent?.startsWith(label))
    return one ? (document.getElementById(one.htmlFor) as HTMLInputElement) : null
  }
  const write = async (label: string, text: string) => {
    const one = field(label)!
    one.value = text
    one.dispatchEvent(new Event('input'))
    await flushPromises()
  }
  const save = async () => {
    document.body.querySelector('form')!.dispatchEvent(new Event('submit'))
    await flushPromises()
  }
  return { page, shown, pinia, field, write, save, edits: () => server.to(EDIT) }
}

beforeEach(() => {
  card = cardWith()
  server.asked.length = 0
  Object.assign(server.answers, {
    'get /api/customers/:customerId/profile': () => ({
      ...{ customer: card.customer, follow: card.follow, asOf: card.asOf },
      otherFollowers: ['陈岚', '周宁'],
    }),
    [EDIT]: (input: object) => ({ follow: { ...card.follow, ...input }, waiting: false }),
  })
})
afterEach(() => opened?.unmount())

describe('writing about a customer', () => {
  test('only what changed is saved, and the card shows it', async () => {
    const { write, save, edits, shown } = await sheet()
    await write('备注', '李姐 M 码')
    await save()
    expect(edits()).toEqual([{ customerId: 'wmA', remark: '李姐 M 码' }])
    expect(shown().follow.remark).toBe('李姐 M 码')
  })

  test('a remark WeCom refuses stays typed, with the reason, also after closing', async () => {
    server.answers[EDIT] = () => {
      throw new ApiError('wecom_refused', '备注里有企业微信不允许的字')
    }
    const first = await sheet()
    await first.write('备注', '违规词')
    await first.save()
    expect(document.body.querySelector('form [role=alert]')?.textContent).toContain('备注里有企业微信不允许的字')
    expect(first.field('备注')?.value).toBe('违规词')
    expect(first.shown().follow.remark).toBe('')
  })

  test('what was typed belongs to its customer and is back when the sheet is', async () => {
    const { page, write, field } = await sheet()
    await write('描述', '喜欢莫兰迪色')
    await page.setProps({ key: 1 })
    await flushPromises()
    expect(field('描述')?.value).toBe('喜欢莫兰迪色')
  })

  test('how much room is left is counted', async () => {
    const { write } = await sheet()
    await write('备注', '李姐')
    expect(document.body.textContent).toContain('2/20')
    expect(document.body.textContent).toContain('0/150')
  })

  test('a company is written for WeChat contacts only', async () => {
    const { field } = await sheet()
    expect(field('公司')).not.toBeNull()
    opened?.unmount()
    const wecomContact = cardWith()
    wecomContact.customer.type = 2
    const { field: other } = await sheet(wecomContact)
    expect(other('公司')).toBeNull()
  })
})

describe('where the customer comes from', () => {
  test('source in words, and who else follows them', async () => {
    await sheet()
    expect(document.body.textContent).toContain('扫描二维码')
    expect(document.body.textContent).toContain('陈岚、周宁')
  })

  test('a source WeCom added later is shown by its number', () => {
    expect(addWayText(202)).toBe('管理员分配')
    expect(addWayText(999)).toBe('其他来源（999）')
  })

  test('refreshing asks WeCom and shows the new name', async () => {
    const fresh = cardWith()
    fresh.customer.name = '李静文（新）'
    server.answers['post /api/customers/:customerId/refresh'] = () => fresh
    const { shown } = await sheet()
    const button = [...document.body.querySelectorAll('button')].find((one) => one.textContent?.includes('刷新'))!
    button.click()
    await flushPromises()
    expect(shown().customer.name).toBe('李静文（新）')
  })
})
