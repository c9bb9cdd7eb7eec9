import AxeBuilder from '@axe-core/playwright'
import { expect, openChat, openDesk, test } from './support.ts'

/** Came from 赵明远 two days ago, with his notes and promises (`scripts/demo/handover.ts`). */
const HANDED = 'wmShopOmyDqCjSyTLMy2mdGuilaT1hGv'
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']

test('whoever takes a customer over reads needs, promises and do-nots, each leading to its record, and nothing private', async ({
  page,
}) => {
  const side = await openChat(page, { customer: HANDED })
  const offer = side.getByRole('region', { name: '接手提要' })
  await expect(offer).toContainText('从赵明远接手的客户')
  await offer.getByRole('button').first().click()
  const sheet = side.getByRole('dialog')
  await expect(sheet.getByRole('region', { name: '要什么' })).toContainText('预算 1500 左右')
  await expect(sheet.getByRole('region', { name: '答应了什么' })).toContainText('已过期 1 天，赵明远答应的')
  await expect(sheet.getByRole('region', { name: '别做什么' })).toContainText('女儿对羊毛过敏')
  await expect(sheet.getByRole('region', { name: '别做什么' })).toContainText('别打电话')
  await expect(sheet.getByRole('region', { name: '怎么聊' })).toContainText('下班后八点以后方便')
  await expect(sheet).not.toContainText('闹别扭')
  const { violations } = await new AxeBuilder({ page }).include('iframe').withTags(RULES).analyze()
  expect(violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`)).toEqual([])
  await sheet.getByRole('button', { name: /女儿对羊毛过敏/ }).click()
  await expect(sheet.getByText('给老师挑教师节礼物，三份。')).toBeVisible()
  await sheet.getByRole('button', { name: /^标签：/ }).click()
  await expect(side.getByRole('dialog').getByRole('heading', { name: '意向' })).toBeVisible()
  await page.keyboard.press('Escape')
  await offer.getByRole('button', { name: '不用了' }).click()
  await expect(offer).toHaveCount(0)
  await side.getByRole('button', { name: '撤销' }).click()
  await expect(offer).toBeVisible()
  await side.getByRole('button', { name: '完整资料与更多操作' }).click()
  await side.getByRole('dialog').getByRole('button', { name: '接手提要' }).click()
  await expect(side.getByRole('region', { name: '要什么' })).toBeVisible()
})

test('on paper it is one clean sheet that says who printed it, and the log says so too', async ({ page }) => {
  const side = await openChat(page, { customer: HANDED })
  await side.getByRole('region', { name: '接手提要' }).getByRole('button').first().click()
  await expect(side.getByRole('region', { name: '要什么' })).toBeVisible()
  await side.locator('html').evaluate(() => (window.print = () => undefined))
  await side.getByRole('button', { name: '打印' }).click()
  const paper = side.locator('.brief-paper')
  await expect(paper).toHaveCount(1)
  await expect(paper).toBeHidden()
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await expect(paper).toBeVisible()
  await expect(paper.locator('footer')).toContainText('仅供内部使用 · 林晓雨 打印于')
  await expect(side.getByRole('dialog')).toBeHidden()
  expect(
    await paper.evaluate((sheet) => [getComputedStyle(sheet).color, getComputedStyle(sheet).backgroundColor]),
  ).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)'])
  await page.emulateMedia({ media: 'screen' })
  await page.context().clearCookies()
  await openDesk(page, 'GaoYuan', 'audit')
  await expect(page.getByRole('row', { name: /林晓雨 打印接手提要/ }).first()).toBeVisible()
})

test('who hands customers over sees the brief of each beside the question to whom', async ({ page }) => {
  await openDesk(page, 'GaoYuan', 'led')
  await page.getByRole('searchbox').fill('何姐')
  await page.getByRole('checkbox', { name: /何姐/ }).first().check()
  await page.getByRole('button', { name: /移交/ }).first().click()
  const sheet = page.getByRole('dialog')
  await expect(sheet.getByRole('region', { name: '要什么' })).toContainText('预算 1500 左右')
  await expect(sheet).not.toContainText('闹别扭')
  await expect(sheet.getByRole('button', { name: '打印' })).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze()
  expect(violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`)).toEqual([])
})
