import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, openChat, openDesk, test } from './support.ts'

/** Types one key and counts it. */
const counted = (page: Page) => {
  let keys = 0
  return {
    press: async (key: string) => {
      keys++
      await page.keyboard.press(key)
    },
    count: () => keys,
  }
}

test('fifty notes are reviewed from the keyboard alone, one key each, well within five minutes', async ({ page }) => {
  test.setTimeout(90_000)
  const began = Date.now()
  const { press, count } = counted(page)
  await openDesk(page, 'GaoYuan', 'review')
  const [list, open] = [page.getByRole('region', { name: '待审列表' }), page.getByRole('region', { name: '记录内容' })]
  const done = list.getByRole('button', { name: /已审/ })
  const doneCount = async () => Number((await done.textContent())!.replace(/\D/g, ''))
  await expect(open.getByRole('heading').first()).toBeVisible()
  const before = await doneCount()
  let turns = 0
  for (let n = 0; n < 50;) {
    const left = Number((await list.getByRole('button', { pressed: true }).textContent())!.replace(/\D/g, ''))
    if (left === 0) {
      await press('t')
      turns++
      await expect(open.getByRole('heading').first()).toBeVisible()
      continue
    }
    const heading = await open.getByRole('heading').first().textContent()
    const red = await open.locator('.rules .bad').count()
    await press(red > 0 ? '2' : '1')
    await expect.poll(doneCount).toBe(before + ++n)
    if (left > 1) await expect(open.getByRole('heading').first()).not.toHaveText(heading ?? '')
  }
  const seconds = Math.round((Date.now() - began) / 1000)
  test.info().annotations.push({ type: 'figure', description: `50 notes: ${count()} keys, ${seconds} s by machine` })
  expect(count() - turns).toBe(50)
  expect(turns).toBeLessThanOrEqual(1)
  await press('z')
  await expect(page.getByText('已撤销')).toBeVisible()
  await expect.poll(doneCount).toBe(before + 49)
})

test('a returned note reaches its rep in the sidebar, who answers; the page is sound', async ({ page }) => {
  test.setTimeout(60_000)
  await openDesk(page, 'GaoYuan', 'review')
  await page.getByRole('combobox', { name: '时间' }).selectOption('30')
  await page.getByRole('searchbox').fill('吴思琪')
  const open = page.getByRole('region', { name: '记录内容' })
  await page.getByRole('button', { name: /已审/ }).click()
  await page.locator('.qi', { hasText: '吴思琪' }).first().click()
  await expect(open.getByRole('heading')).toContainText('吴思琪')
  const customer = (await open.getByRole('heading').textContent())!.replace(/^.*→ /, '')
  await page.keyboard.press('c')
  await page.keyboard.type('补上客户的尺码@')
  await page.getByRole('group', { name: '@ 同事' }).getByRole('button', { name: '吴思琪' }).click()
  await expect(page.getByRole('textbox', { name: '给吴思琪留一句' })).toHaveValue('补上客户的尺码@吴思琪 ')
  await page.keyboard.press('Enter')
  await page.keyboard.press('2')
  await expect(page.getByText(/：退回修改/)).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze()
  expect(violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`)).toEqual([])
  const side = await openChat(page, { member: 'WuSiQi', entry: 'normal' })
  await side.locator('.chip', { hasText: '主管退回' }).click()
  await side.locator('li.row .open', { hasText: customer }).click()
  await side.getByRole('button', { name: '去修改' }).click()
  await expect(side.getByText('补上客户的尺码')).toBeVisible()
  await side.getByLabel('回复主管').fill('M 码，已补')
  await side.getByRole('button', { name: '回复', exact: true }).click()
  await expect(side.getByText('M 码，已补')).toBeVisible()
})

test('on a phone a note is read before it is judged, and the verdicts stay in sight', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 640 })
  await openDesk(page, 'GaoYuan', 'review')
  // What needs a look was judged by the tests before this one.
  await page.getByRole('button', { name: /低风险/ }).click()
  await page.locator('.qi').first().click()
  const open = page.getByRole('region', { name: '记录内容' })
  await expect(open.getByRole('heading').first()).toBeVisible()
  for (const name of ['通过', '退回修改', '转合规']) await expect(open.getByRole('button', { name })).toBeInViewport()
  await open.getByRole('button', { name: '评分（R）' }).click()
  await open.getByRole('button', { name: '依据 1 分' }).click()
  await expect(open.getByText('0 只有结论')).toBeVisible()
  await expect(open.getByText('还差 4 项')).toBeVisible()
  await open.getByRole('button', { name: '返回列表' }).click()
  await expect(page.locator('.qi').first()).toBeVisible()
})
