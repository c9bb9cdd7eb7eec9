import AxeBuilder from '@axe-core/playwright'
import type { FrameLocator, Page } from '@playwright/test'
import { expect, handedOver, openChat, test } from './support.ts'

/** Customers of this rep that no other spec writes to, each test its own. */
async function customers(wecom: { conversations(): Promise<{ externalUserid: string }[]> }): Promise<string[]> {
  return (await wecom.conversations()).map((one) => one.externalUserid).slice(17)
}
async function ready(page: Page, customer: string): Promise<FrameLocator> {
  const side = await openChat(page, { customer })
  await expect(side.getByRole('toolbar')).toBeVisible()
  return side
}
async function write(side: FrameLocator, text: string): Promise<void> {
  await side.getByRole('button', { name: '记跟进' }).click()
  await side.getByRole('textbox', { name: '跟进内容' }).fill(text)
}

test('a suggestion rests on one’s own note, is turned down and brought back, and goes on with one tap', async ({
  page,
  wecom,
}) => {
  const [customer = ''] = await customers(wecom)
  const side = await ready(page, customer)
  await write(side, '看中了波点的杯子，不要圣诞红绿')
  await side.getByRole('button', { name: '保存跟进' }).click()
  await expect(side.getByText('看中了波点的杯子').first()).toBeVisible()
  await side.getByRole('button', { name: '加标签', exact: true }).click()
  const hints = side.getByRole('region', { name: '建议' })
  await expect(hints).toContainText('看中了波点的杯子')
  await expect(hints).not.toContainText('圣诞红绿不')
  await expect(hints.getByRole('button', { name: '圣诞红绿', exact: true })).toHaveCount(0)
  expect((await new AxeBuilder({ page }).include(['iframe', '[role=dialog]']).analyze()).violations).toEqual([])
  await hints.getByRole('button', { name: '「波点」不合适' }).click()
  await expect(hints.getByRole('button', { name: '波点', exact: true })).toHaveCount(0)
  await side.getByRole('button', { name: '撤销' }).click()
  await hints.getByRole('button', { name: '波点', exact: true }).click()
  await expect(side.getByText('已加标签「波点」')).toBeVisible()
  await expect(hints.getByRole('button', { name: '波点', exact: true })).toHaveCount(0)
  const marks = async () => (await wecom.calls()).filter((call) => call.path.endsWith('/mark_tag'))
  await expect.poll(async () => JSON.stringify((await marks()).at(-1)?.body)).toContain(customer)
})

test('a promise in a note becomes its task with one tap', async ({ page, wecom }) => {
  const [, customer = ''] = await customers(wecom)
  const side = await ready(page, customer)
  await write(side, '想要象牙白，答应到货通知她')
  const offer = side.getByRole('group', { name: /听起来答应了客户：到货通知客户/ })
  await expect(offer).toContainText('没说哪天')
  await offer.getByRole('button', { name: '记下' }).click()
  await expect(offer).toHaveCount(0)
  await side.getByRole('button', { name: '保存跟进' }).click()
  await side.getByRole('tab', { name: '跟进' }).click()
  await expect(side.getByText('到货通知客户').first()).toBeVisible()
})

test('a promise in a reply that was sent becomes a task with one tap; waved away it is not asked again', async ({
  page,
  wecom,
}) => {
  const [, , customer = ''] = await customers(wecom)
  const side = await ready(page, customer)
  await side.getByRole('tab', { name: '话术' }).click()
  const panel = side.locator('.panel')
  await panel.getByRole('combobox').or(panel.getByRole('searchbox')).first().fill('稍等一下')
  await expect(panel.getByRole('button', { name: /^发送/ }).first()).toBeVisible()
  const say = async (text: string) => {
    await panel.getByRole('combobox').or(panel.getByRole('searchbox')).first().focus()
    await page.keyboard.press('Shift+Enter')
    await panel.locator('textarea').fill(text)
    await page.keyboard.press('Control+Enter')
    await expect.poll(async () => JSON.stringify((await handedOver(page)).at(-1)?.body)).toContain(text)
  }
  const offer = panel.getByRole('group', { name: /听起来答应了客户/ })
  await say('好的，后天给您发色卡')
  await expect(offer).toContainText('后天给客户发色卡')
  expect((await new AxeBuilder({ page }).include(['iframe', '.offer']).analyze()).violations).toEqual([])
  await offer.getByRole('button', { name: '不是承诺，不再问' }).click()
  await expect(offer).toHaveCount(0)
  await page.waitForTimeout(2_600)
  await say('后天给您发色卡')
  await expect(offer).toHaveCount(0)
  await page.waitForTimeout(2_600)
  await say('周末前给您报价')
  await offer.getByRole('button', { name: '记下' }).click()
  await expect(side.getByText(/已记为待办/)).toBeVisible()
  await panel.getByRole('button', { name: '返回' }).first().click()
  // In its own row, or, where its day is near, in the line above the replies.
  await expect(side.locator('#view')).toContainText('周末前给客户报价')
})
