import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { FigureId } from '../shared/figures.ts'
import { expect, openDesk, test } from './support.ts'

const sheet = (page: Page) => page.getByRole('dialog')
const numbers = async (text: Promise<string | null>) =>
  ((await text) ?? '').match(/[\d,]+/g)?.map((n) => Number(n.replace(',', ''))) ?? []

test('every figure opens exactly as many rows as it counted, and so does a month of adding and a day of the curve', async ({
  page,
}) => {
  test.setTimeout(60_000)
  await openDesk(page, 'GaoYuan', 'figures')
  const tiles = page.locator('.tile')
  await expect(tiles).toHaveCount(FigureId.options.length)
  for (let i = 0; i < FigureId.options.length; i++) {
    const [n] = await numbers(
      tiles
        .nth(i)
        .getByText(/^共 \d+/)
        .textContent(),
    )
    await tiles.nth(i).click()
    await expect(sheet(page).getByText(`${n} 行，`)).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(sheet(page)).toHaveCount(0)
  }
  const pane = (name: string) => page.locator('section.pane').filter({ has: page.getByRole('heading', { name }) })
  const month = pane('按添加月份的留存').getByRole('row').nth(1)
  const [added] = await numbers(month.getByRole('button').first().textContent())
  await month.getByRole('button').nth(1).click()
  await expect(sheet(page).getByRole('heading')).toContainText('满 1 个月')
  await expect(sheet(page).getByText(`${added} 行，`)).toBeVisible()
  await page.keyboard.press('Escape')
  const lived = pane('关系能留多久').getByRole('row').nth(2).getByRole('button')
  const [atRisk] = await numbers(lived.textContent())
  await lived.click()
  await expect(sheet(page).getByText(`${atRisk} 行，`)).toBeVisible()
})

test('replies are put in order by dragging and by keyboard, and stay so', async ({ page }) => {
  await openDesk(page, 'ShenAn', 'library')
  const rows = page.locator('main li')
  const names = () =>
    rows
      .locator('.name')
      .allTextContents()
      .then((all) => all.slice(0, 3).map((name) => name.trim()))
  await expect(rows.first()).toBeVisible()
  const [first, second, third] = await names()
  await rows.nth(0).dragTo(rows.nth(2))
  await expect.poll(names).toEqual([second, third, first])
  await page.getByRole('button', { name: `上移 ${first}` }).press('Enter')
  await expect.poll(names).toEqual([second, first, third])
  await page.reload()
  await expect.poll(names).toEqual([second, first, third])
})

test('a manager cuts the list by everything a rep can, and reads the notes of one customer', async ({ page }) => {
  await openDesk(page, 'GaoYuan', 'led')
  const total = async () => (await numbers(page.locator('.hd .cap').first().textContent()))[0] ?? 0
  await expect.poll(total).toBeGreaterThan(100)
  const all = await total()
  await page.getByRole('button', { name: '更多筛选' }).click()
  await sheet(page).getByRole('button', { name: '未打标签' }).click()
  await sheet(page).getByRole('button', { name: '看结果' }).click()
  await expect(page.getByRole('button', { name: '更多筛选 · 1' })).toBeVisible()
  await expect.poll(total).toBeLessThan(all)
  await page.getByRole('button', { name: '清除筛选' }).click()
  await expect.poll(total).toBe(all)
  await page.getByRole('searchbox').fill('王敏')
  await page.getByRole('button', { name: '王敏' }).first().click()
  await sheet(page).getByRole('button', { name: '跟进', exact: true }).click()
  await expect(
    sheet(page)
      .getByText(/记了跟进/)
      .first(),
  ).toBeVisible()
})

test('an admin brings a file in: its rows, its columns, a check, the import, the rows left out, and back', async ({
  page,
}) => {
  test.setTimeout(60_000)
  await openDesk(page, 'ShenAn', 'imports')
  const rows = [
    '订单号,货号,品名,数量,单价,下单时间,会员号',
    ...Array.from({ length: 30 }, (_, i) => `E2E-${i},007,陶瓷杯,1,9.90,2026-01-02 10:00,m${i}`),
    'E2E-X,007,陶瓷杯,1,9.90,2026-01-02 10:00,',
  ]
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '订单.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) })
  await expect(sheet(page).getByRole('table').getByRole('row')).toHaveCount(21)
  await expect(sheet(page).getByRole('table')).toContainText('007')
  await sheet(page).getByLabel('来源').fill('e2e')
  await sheet(page).getByRole('button', { name: '试跑' }).click()
  await expect(sheet(page).getByText('会新增 30 单，改写 0 单')).toBeVisible({ timeout: 20_000 })
  await sheet(page).getByRole('button', { name: '导入', exact: true }).click()
  await expect(sheet(page).getByText('新匹配 0 位，待定 0 位')).toBeVisible({ timeout: 20_000 })
  const download = page.waitForEvent('download')
  await sheet(page).getByRole('button', { name: '下载没入库的行' }).click()
  expect((await download).suggestedFilename()).toBe('订单.csv.errors.csv')
  await sheet(page).getByRole('button', { name: '撤销这次导入' }).click()
  await sheet(page).getByRole('button', { name: '撤销', exact: true }).click()
  await expect(sheet(page).getByText('还原 30 单，0 单后来又导入过，没有动')).toBeVisible({ timeout: 20_000 })
})

/** Opens each thing that stands over a page of the desk. */
const SHEETS: [who: string, at: string, open: (page: Page) => Promise<void>][] = [
  ['GaoYuan', 'review', (page) => page.keyboard.press('?')],
  ['GaoYuan', 'review', (page) => page.getByRole('button', { name: '收进范例', exact: true }).click()],
  ['GaoYuan', 'figures', (page) => page.locator('.tile').first().click()],
  [
    'GaoYuan',
    'figures',
    async (page) => {
      await page.locator('.tile').nth(8).click()
      await sheet(page).getByRole('button', { name: '走势' }).click()
    },
  ],
  [
    'GaoYuan',
    'figures',
    async (page) => {
      await page.locator('.tile').nth(8).click()
      await sheet(page).getByRole('button', { name: '按成员' }).click()
    },
  ],
  ['GaoYuan', 'led', (page) => page.getByRole('button', { name: '更多筛选' }).click()],
  ['GaoYuan', 'led', (page) => page.locator('td .row-open').first().click()],
  ['GaoYuan', 'led', (page) => page.getByRole('button', { name: '移交记录' }).click()],
  [
    'GaoYuan',
    'led',
    async (page) => {
      await page.getByRole('checkbox').first().check()
      await page.getByRole('button', { name: '移交 1 位' }).click()
    },
  ],
  ['ShenAn', 'library', (page) => page.locator('main li .g').first().click()],
  ['ShenAn', 'library', (page) => page.getByRole('button', { name: '文件夹', exact: true }).click()],
  ['ShenAn', 'library', (page) => page.getByRole('button', { name: '导入', exact: true }).click()],
  ['ShenAn', 'keys', (page) => page.getByRole('button', { name: /建|新/ }).first().click()],
  ['ShenAn', 'rules', (page) => page.getByRole('button', { name: /加|新/ }).first().click()],
]

for (const [width, height, scheme] of [
  [360, 640, 'light'],
  [1280, 800, 'dark'],
] as const)
  test(`what stands over the desk is sound: ${width} px, ${scheme}`, async ({ page }) => {
    test.setTimeout(120_000)
    await page.setViewportSize({ width, height })
    await page.emulateMedia({ colorScheme: scheme })
    for (const [who, at, open] of SHEETS) {
      await openDesk(page, who, at)
      await expect(page.getByText('正在取…')).toHaveCount(0)
      // The page listens for keys once its queue stands.
      if (at === 'review') await expect(page.locator('.qi').first()).toBeVisible()
      if (width === 360 && at === 'review') await page.locator('.qi').first().click()
      await open(page)
      await expect(sheet(page)).toBeVisible()
      await expect(page.getByText('正在取…')).toHaveCount(0)
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze()
      expect([at, violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`)]).toEqual([at, []])
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect([at, overflow <= 0]).toEqual([at, true])
      await page.keyboard.press('Escape')
      await expect(sheet(page)).toHaveCount(0)
    }
  })

test('the page of the open API is sound on a phone and at a desk, and its address is on the page of the keys', async ({
  page,
}) => {
  await openDesk(page, 'ShenAn', 'keys')
  await expect(page.getByRole('link', { name: '接口文档' })).toHaveAttribute('href', '/open')
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    await page.goto('/open')
    await expect(page.getByRole('heading', { name: 'POST /open/v1/orders' })).toBeVisible()
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze()
    expect(violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  }
})
