import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, openChat, openDesk, test } from './support.ts'

const menu = (page: Page) => page.getByRole('navigation').getByRole('link').allTextContents()

test('everybody’s menu holds what their roles open, and a rep without one is told where to go', async ({ page }) => {
  await openDesk(page, 'ShenAn')
  expect(await menu(page)).toEqual([
    '跟进审阅',
    '数据',
    '部门客户',
    '客户分层',
    '话术库',
    '订单导入',
    '审阅规则',
    '跟进模板',
    '标签',
    '自动标签',
    '客户字段',
    '跟进阶段',
    '同义词',
    '免打扰时段',
    '联系频率',
    '开放接口',
    '体检',
    '同步与作业',
    '成员与角色',
    '资料删除',
  ])
  await openDesk(page, 'GaoYuan')
  expect(await menu(page)).toEqual(['跟进审阅', '数据', '部门客户', '客户分层', '审计记录'])
  await openDesk(page, 'WuSiQi')
  expect(await menu(page)).toEqual([])
  await expect(page.getByText('请管理员给你角色')).toBeVisible()
})

test('a manager finds a customer of their region, reads what the rep wrote, and the auditor sees that', async ({
  page,
}) => {
  await openDesk(page, 'GaoYuan', 'led')
  await page.getByRole('searchbox').fill('李静文')
  const row = page.getByRole('row', { name: /李静文.*林晓雨/ })
  await row.getByRole('button').first().click()
  await expect(page.getByRole('dialog')).toContainText('林晓雨')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: '审计记录' }).click()
  await expect(page.getByRole('row', { name: /高远 负责人查看客户/ }).first()).toBeVisible()
})

test('an admin starts a sync and sees it go through', async ({ page }) => {
  await openDesk(page, 'ShenAn', 'operations')
  const runs = page.getByRole('row', { name: /全量/ })
  await expect(runs.first()).toBeVisible()
  const before = await runs.count()
  await page.getByRole('button', { name: '立即全量同步' }).click()
  await expect(page.getByText('已开始')).toBeVisible()
  await expect.poll(() => runs.count(), { timeout: 20_000 }).toBeGreaterThan(before)
})

test('an admin makes a clerk, who then sees their store’s customers; taken back, they see nothing', async ({
  page,
  browser,
}) => {
  await openDesk(page, 'ShenAn', 'members')
  const tick = page.getByRole('checkbox', { name: '孙嘉禾 店员' })
  await tick.check()
  await expect(page.getByText('孙嘉禾 的角色已改')).toBeVisible()
  const phone = await (await browser.newContext({ viewport: { width: 360, height: 640 } })).newPage()
  await openDesk(phone, 'SunJiaHe')
  await phone.getByRole('link', { name: '门店客户' }).click()
  await phone.getByRole('button', { name: '只看没打标签的' }).click()
  await expect(phone.locator('main')).toContainText(/没有标签|都打过标签了/)
  await tick.uncheck()
  await expect(tick).not.toBeChecked()
  await phone.getByRole('button', { name: '只看没打标签的' }).click()
  await expect(phone.getByRole('alert')).toContainText('只给门店店员用')
})

test('a rep sees a whole phone number for a reason', async ({ page }) => {
  const frame = await openChat(page, {})
  await frame.getByRole('button', { name: '完整资料与更多操作' }).click()
  await frame.getByRole('button', { name: '看完整号码' }).click()
  await frame.getByLabel(/为什么要看/).fill('回电确认尺码')
  await frame.getByRole('button', { name: '查看', exact: true }).click()
  await expect(frame.getByText(/今天还能看 \d+ 次/)).toBeVisible()
  await expect(frame.getByText(/^1\d{10}$/)).toBeVisible()
})

const SETTINGS = [
  ['ChenYiNuo', 'counter'],
  ['GaoYuan', 'rfm'],
  ['ShenAn', 'library'],
  ['ShenAn', 'imports'],
  ['ShenAn', 'tagGroups'],
  ['ShenAn', 'templates'],
  ['ShenAn', 'doctor'],
  ['ShenAn', 'erasure'],
  ['ShenAn', 'keys'],
  ['ShenAn', 'checks'],
  ['ShenAn', 'rules'],
  ['ShenAn', 'fields'],
  ['ShenAn', 'stages'],
  ['ShenAn', 'synonyms'],
  ['ShenAn', 'quiet'],
  ['ShenAn', 'guard'],
] as const

for (const scheme of ['light', 'dark'] as const)
  for (const [width, height] of [
    [360, 640],
    [1280, 800],
  ] as const)
    test(`the desk is sound for everybody: ${width} px, ${scheme}`, async ({ page }) => {
      test.setTimeout(60_000)
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ colorScheme: scheme })
      for (const [who, at] of [
        ['GaoYuan', 'led'],
        ['GaoYuan', 'review'],
        ['GaoYuan', 'figures'],
        ['ChenYiNuo', 'store'],
        ['ShenAn', 'operations'],
        ['ShenAn', 'members'],
        ['GaoYuan', 'audit'],
        // Each of these once narrow and light, once wide and dark.
        ...((width === 360) === (scheme === 'light') ? SETTINGS : []),
      ] as const) {
        await openDesk(page, who, at)
        await expect(page.getByText('正在取…')).toHaveCount(0)
        const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze()
        expect([at, violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`)]).toEqual([at, []])
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        expect([at, overflow <= 0]).toEqual([at, true])
      }
    })
