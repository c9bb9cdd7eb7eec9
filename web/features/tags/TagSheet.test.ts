import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { CustomerId, TagId } from '#shared/ids.ts'
import type { CustomerTag, TagGroup } from '#shared/tags.ts'
import { ApiError } from '#web/lib/api.ts'
import { useCurrent } from '#web/stores/current.ts'
import { cardWith, open, serverOf, settled } from '../replies/testing.ts'
import TagSheet from './TagSheet.vue'

const server = serverOf({})
vi.mock('#web/lib/api.ts', async (original) => ({
  ...(await original<object>()),
  call: (...args: Parameters<typeof server.call>) => server.call(...args),
}))
const toasts: { text: string; action?: { label: string; run: () => void }; tone?: string }[] = []
vi.mock('#web/ui/toast.ts', () => ({
  useToast: () => ({ show: (toast: (typeof toasts)[number]) => void toasts.push(toast) }),
}))
beforeAll(() => import('#web/stores/queue-work.ts'))

const MARK = 'post /api/customers/:customerId/tags'
const tag = (id: string, name: string, pinyin: string) => ({
  id: id as TagId,
  name,
  pinyin,
  initials: pinyin.replace(/(\w)\w* ?/g, '$1'),
})
const groups: TagGroup[] = [
  {
    ...{ id: 'g1', name: '意向', tone: 'b', singleChoice: false, open: true },
    tags: [tag('t1', '复购客户', 'fu gou ke hu'), tag('t2', '高意向', 'gao yi xiang')],
  },
  {
    ...{ id: 'g2', name: '等级', tone: 'o', singleChoice: true, open: false },
    tags: [tag('t3', '金卡', 'jin ka'), tag('t4', '银卡', 'yin ka')],
  },
]
const library = { groups, suggested: [{ id: 't2' as TagId, why: 'orders' as const }], asOf: '2026-01-05T01:00:00Z' }
const on = (id: string, name: string): CustomerTag => ({ id: id as TagId, name, group: '等级', tone: 'o' })

/** What WeCom has: `mark_tag` by deltas, as the server answers them. */
let wecom: CustomerTag[] = []
function mark({ add, remove }: { add: TagId[]; remove: TagId[] }) {
  const names = new Map(groups.flatMap((group) => group.tags.map((one) => [one.id, one.name])))
  wecom = wecom.filter((one) => one.id === null || !remove.includes(one.id))
  wecom = [...wecom, ...add.map((id) => on(id, names.get(id) ?? id))]
  return { tags: wecom, waiting: false }
}

let opened: ReturnType<typeof open>['page'] | undefined
async function sheet(tags: CustomerTag[] = []) {
  wecom = tags
  const { page, view, shown } = open(TagSheet, cardWith({ tags }), { customerId: 'wmA' as CustomerId })
  opened = page
  await settled()
  const all = () => [...document.body.querySelectorAll<HTMLButtonElement>('button[aria-pressed]')]
  const chip = (name: string) =>
    all()
      .filter((one) => one.textContent?.includes(name))
      .at(-1)!
  const names = () => shown().tags.map((one) => one.name)
  const search = document.body.querySelector<HTMLInputElement>('input')!
  const type = async (text: string) => {
    search.value = text
    search.dispatchEvent(new Event('input'))
    await settled()
  }
  const key = async (name: string, more: object = {}) => {
    search.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, ...more }))
    await settled()
  }
  return { page, view, chip, all, names, type, key, marks: () => server.to(MARK) }
}

beforeEach(() => {
  toasts.length = 0
  server.asked.length = 0
  Object.assign(server.answers, {
    'get /api/customers/:customerId/tag-library': () => structuredClone(library),
    [MARK]: mark,
  })
})
afterEach(() => opened?.unmount())

describe('a tap on a tag', () => {
  test('puts it on at once and saves it; undo sends the reverse', async () => {
    const { chip, names, marks } = await sheet()
    chip('复购客户').click()
    expect(names()).toEqual(['复购客户'])
    await settled()
    expect(chip('复购客户').getAttribute('aria-pressed')).toBe('true')
    expect(toasts.at(-1)).toMatchObject({ text: '已加标签「复购客户」', action: { label: '撤销' }, ms: 5_000 })
    toasts.at(-1)?.action?.run()
    await settled()
    expect(marks()).toEqual([
      { customerId: 'wmA', add: ['t1'], remove: [] },
      { customerId: 'wmA', add: [], remove: ['t1'] },
    ])
    expect(names()).toEqual([])
  })

  test('takes it off when it is on', async () => {
    const { chip, names, marks } = await sheet([on('t3', '金卡')])
    chip('金卡').click()
    await settled()
    expect(marks()).toEqual([{ customerId: 'wmA', add: [], remove: ['t3'] }])
    expect(names()).toEqual([])
    expect(toasts.at(-1)?.text).toBe('已去掉标签「金卡」')
  })

  test('in a single-choice group takes the other’s place, and undo brings the other back', async () => {
    const { chip, names, marks } = await sheet([on('t3', '金卡')])
    chip('银卡').click()
    await settled()
    expect(marks()).toEqual([{ customerId: 'wmA', add: ['t4'], remove: ['t3'] }])
    toasts.at(-1)?.action?.run()
    await settled()
    expect(names()).toEqual(['金卡'])
  })

  test('two quick taps on different tags both survive, saved in order', async () => {
    const waiting: (() => void)[] = []
    server.answers[MARK] = async (delta: Parameters<typeof mark>[0]) => {
      await new Promise<void>((resolve) => waiting.push(resolve))
      return mark(delta)
    }
    const { chip, names, marks } = await sheet()
    chip('复购客户').click()
    chip('高意向').click()
    await settled()
    expect(names()).toEqual(['复购客户', '高意向'])
    expect(marks()).toHaveLength(1)
    waiting.shift()?.()
    await settled()
    expect(names()).toEqual(['复购客户', '高意向'])
    waiting.shift()?.()
    await settled()
    expect(names()).toEqual(['复购客户', '高意向'])
    expect(wecom.map((one) => one.id)).toEqual(['t1', 't2'])
  })
})

describe('when WeCom refuses', () => {
  test('the tag goes back, its neighbour stays, and the reason is told in a sentence', async () => {
    server.answers[MARK] = (delta: Parameters<typeof mark>[0]) => {
      if (delta.add.includes('t1' as TagId)) throw new ApiError('wecom_refused', '这个标签已被删除')
      return mark(delta)
    }
    const { chip, names } = await sheet()
    chip('复购客户').click()
    chip('高意向').click()
    await settled()
    expect(names()).toEqual(['高意向'])
    expect(toasts[0]).toMatchObject({ tone: 'bad', text: expect.stringContaining('这个标签已被删除') })
  })

  test('a refusal that comes after the chat has changed names its customer', async () => {
    server.answers[MARK] = async () => {
      throw new ApiError('wecom_refused', '这个标签已被删除')
    }
    const { chip, names } = await sheet()
    chip('复购客户').click()
    useCurrent().customerId = 'wmB' as CustomerId
    await settled()
    expect(toasts[0]?.text).toContain('李静文')
    expect(names()).toEqual([])
  })
})

describe('finding a tag', () => {
  test('by pinyin initials, and Enter puts it on', async () => {
    const { all, type, key, names } = await sheet()
    await type('fgk')
    expect(all().map((one) => one.textContent?.trim())).toEqual(['复购客户'])
    await key('Enter', { isComposing: true })
    expect(names()).toEqual([])
    await key('Enter')
    expect(names()).toEqual(['复购客户'])
  })

  test('suggested tags come first, with why', async () => {
    const { all } = await sheet()
    expect(all()[0]?.textContent).toContain('高意向')
    expect(document.body.textContent).toContain('按最近订单')
  })

  test('a personal tag is shown but cannot be changed here, and that is said', async () => {
    const { all } = await sheet([{ id: null, name: '老同学', group: '', tone: 'b' }])
    expect(document.body.textContent).toContain('老同学')
    expect(document.body.textContent).toContain('只能在企业微信里改')
    expect(all().some((one) => one.textContent?.includes('老同学'))).toBe(false)
  })

  test('a word that is no tag yet can become one where the group is open, and undo takes it off', async () => {
    const made = tag('t9', '羊绒', 'yang rong')
    server.answers['post /api/customers/:customerId/new-tag'] = () => {
      wecom = [...wecom, on('t9', '羊绒')]
      return { tag: made, tags: wecom }
    }
    const { type, names, marks, chip } = await sheet()
    await type('羊绒')
    const create = [...document.body.querySelectorAll('button')].find((one) =>
      one.textContent?.includes('新建标签「羊绒」'),
    )!
    create.click()
    await settled()
    expect(server.to('post /api/customers/:customerId/new-tag')).toEqual([
      { customerId: 'wmA', groupId: 'g1', name: '羊绒' },
    ])
    expect(names()).toEqual(['羊绒'])
    expect(chip('羊绒').getAttribute('aria-pressed')).toBe('true')
    toasts.at(-1)?.action?.run()
    await settled()
    expect(marks()).toEqual([{ customerId: 'wmA', add: [], remove: ['t9'] }])
  })
})
