import AxeBuilder from '@axe-core/playwright'
import { randomUUID } from 'node:crypto'
import type { FrameLocator, Page } from '@playwright/test'
import { expect, handedOver, openChat, test } from './support.ts'

const STAR = 'wmShopLiJingWen00000000000000001'
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']

const faults = async (page: Page) =>
  (await new AxeBuilder({ page }).include('iframe').withTags(RULES).analyze()).violations.map(({ id, nodes }) => [
    id,
    nodes.map(({ target }) => target),
  ])

/** As the sidebar itself would tell of it. */
async function promote(page: Page, customerId: string, content: string): Promise<void> {
  const frame = page.frames().find((one) => one.url().includes('/sidebar'))!
  const status = await frame.evaluate(
    async ([id, key, words]) => {
      const body = { key, replyId: null, part: 0, partType: 'text', content: words, outcome: 'ok', reason: null }
      const headers = { 'content-type': 'application/json' }
      return (await fetch(`/api/customers/${id}/sends`, { method: 'POST', headers, body: JSON.stringify(body) })).status
    },
    [customerId, randomUUID(), content] as const,
  )
  expect(status).toBe(200)
}

/** What was learnt in the night is there within the first minute of a demo. */
async function learnt(page: Page, block: string): Promise<FrameLocator> {
  let side = await openChat(page, { customer: STAR })
  await expect(async () => {
    side = await openChat(page, { customer: STAR })
    await expect(side.getByRole('region', { name: block })).toBeVisible({ timeout: 4_000 })
  }).toPass({ timeout: 90_000 })
  return side
}

test('three promotions in a week: the band says so, the reply waits, an answer goes at once, anything else with a reason', async ({
  page,
  wecom,
}) => {
  test.setTimeout(90_000)
  const customer = (await wecom.conversations())[4]!.externalUserid
  const side = await openChat(page, { customer })
  await expect(side.getByRole('heading', { level: 1 })).toBeVisible()
  for (const words of ['新品到店', '本周上新', '满减活动']) await promote(page, customer, words)
  await openChat(page, { customer })
  const band = side.getByRole('button', { name: /本周主动联系已满 3 次/ })
  await expect(band).toContainText('上次')
  await band.click()
  const sheet = side.getByRole('dialog')
  await expect(sheet.getByText('满减活动')).toBeVisible()
  await expect(sheet.getByText('回复客户的消息随时都可以发')).toBeVisible()
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('Escape')

  await side.getByRole('tab', { name: '话术' }).click()
  await side.getByRole('combobox').first().fill('新品预告')
  const line = side.getByRole('group', { name: '联系频率' })
  await expect(line).toContainText('本周主动联系已满 3 次')
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('Enter')
  expect(await handedOver(page)).toEqual([])
  await line.getByRole('button', { name: '仍要发…' }).click()
  await line.getByRole('textbox').fill('客户昨天电话里要的')
  await line.getByRole('button', { name: '发送' }).click()
  await expect.poll(async () => (await handedOver(page)).length).toBeGreaterThan(0)
  const before = (await handedOver(page)).length
  await side.getByRole('combobox').first().fill('领券链接')
  await side.getByRole('group', { name: '联系频率' }).getByRole('button', { name: '回复客户，照发' }).click()
  await expect.poll(async () => (await handedOver(page)).length).toBeGreaterThan(before)
})

test('what goes with the last purchase is sent as a card by one tap, and the card leads somewhere', async ({
  page,
}) => {
  test.setTimeout(150_000)
  const side = await learnt(page, '可以推荐')
  const block = side.getByRole('region', { name: '可以推荐' })
  await expect(block).toContainText(/买过/)
  await block.getByRole('button', { name: '发卡片' }).click()
  await expect.poll(async () => (await handedOver(page)).map(({ msgtype }) => msgtype)).toEqual(['news'])
  const [card] = await handedOver(page)
  const link = /"(http[^"]*\/__sim\/goods\/[^"]*)"/.exec(JSON.stringify(card!.body))![1]!
  expect((await page.request.get(link)).status()).toBe(200)
})

test('a taste shows its rows, and “not so” takes it away until it is taken back', async ({ page }) => {
  test.setTimeout(150_000)
  const side = await learnt(page, '偏好')
  const block = side.getByRole('region', { name: '偏好' })
  await expect(block.getByRole('button', { name: /多久买一次/ })).toBeVisible()
  const chip = block.getByRole('button', { name: /^品类/ }).first()
  const words = (await chip.textContent())!.trim()
  await chip.click()
  await expect(block.getByText(/^订单/).first()).toBeVisible()
  expect(await faults(page)).toEqual([])
  await block.getByRole('button', { name: /不对/ }).click()
  await expect(block.getByRole('button', { name: words })).toHaveCount(0)
  await side.getByRole('button', { name: '撤销' }).click()
  await expect(block.getByRole('button', { name: words })).toHaveCount(1)
})

test('a customer’s own words find the reply that answers, with why, soon after Enter', async ({ page }) => {
  const side = await openChat(page, { customer: STAR })
  await side.getByRole('tab', { name: '话术' }).click()
  await side.getByRole('button', { name: '问一问' }).first().click()
  const field = side.getByRole('textbox', { name: '客户怎么说的' })
  await field.fill('買回來不合適能退換嗎？')
  await field.press('Enter')
  await expect(side.getByRole('grid', { name: '可以这样回' })).toContainText('退换')
  await expect(side.getByText(/^对上「/).first()).toBeVisible()
  expect(await faults(page)).toEqual([])
})
