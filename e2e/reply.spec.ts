import type { FrameLocator, Locator } from '@playwright/test'
import { expect, faultApi, handedOver, openChat, test } from './support.ts'

const STAR = 'wmShopLiJingWen00000000000000001'

/** Opens the library and looks for a reply; it stands chosen, first of what was found. */
async function find(side: FrameLocator, words: string): Promise<Locator> {
  await side.getByRole('tab', { name: '话术' }).click()
  const panel = side.locator('.panel')
  await panel.getByRole('combobox').or(panel.getByRole('searchbox')).first().fill(words)
  await expect(panel.getByRole('button', { name: /^发送/ }).first()).toBeVisible()
  return panel
}

test('one tap on the first screen puts the reply in the chat, with the variables filled', async ({ page }) => {
  const side = await openChat(page, { customer: STAR })
  await side.getByRole('button', { name: /^发送/ }).first().click()
  await expect(side.getByText(/已交给聊天/)).toBeVisible()
  const [message] = await handedOver(page)
  expect(message?.msgtype).toBe('text')
  expect(JSON.stringify(message?.body)).not.toContain('{{')
})

test('slash, three letters, Enter: the reply is in the chat with its link card', async ({ page }) => {
  const side = await openChat(page, { customer: STAR })
  await side.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('/')
  await side.getByRole('combobox').or(side.getByRole('searchbox')).first().fill('thh')
  await expect(side.getByText('退换货流程（7 天）')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await handedOver(page)).map((m) => m.msgtype)).toEqual(['text', 'news'])
})

test('an image reply is uploaded and arrives as the picture itself', async ({ page }) => {
  const side = await openChat(page, { customer: STAR })
  await find(side, '礼盒包装')
  await expect(side.getByText('含图').first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await handedOver(page)).map((m) => m.msgtype)).toEqual(['text', 'image'])
  await expect(page.getByRole('log').or(page.locator('#log')).locator('img').last()).toBeVisible()
})

test('a send that the member dismisses stops there and can be gone on with', async ({ page }) => {
  const side = await openChat(page, { customer: STAR, sendMode: 'confirm' })
  const panel = await find(side, '稍等一下')
  await panel.getByRole('button', { name: /^发送/ }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: /取消/ }).click()
  await expect(panel.getByText(/取消/).first()).toBeVisible()
  expect(await handedOver(page)).toEqual([])
})

test('a send that the client refuses keeps the text and offers copying and another try', async ({ page }) => {
  const side = await openChat(page, { customer: STAR })
  const panel = await find(side, '稍等一下')
  await faultApi(page, 'sendChatMessage', { err_msg: 'sendChatMessage:fail_no permission' })
  await panel.getByRole('button', { name: /^发送/ }).first().click()
  await expect(panel.getByText(/没发出去/)).toBeVisible()
  await expect(panel.getByRole('button', { name: /复制/ }).first()).toBeVisible()
  await faultApi(page, 'sendChatMessage', undefined as never)
  await panel.getByRole('button', { name: /^重试/ }).first().click()
  await expect.poll(async () => (await handedOver(page)).length).toBe(1)
})

test('in composer mode the text waits in the chat box for the member', async ({ page }) => {
  const side = await openChat(page, { customer: STAR, sendMode: 'composer' })
  const panel = await find(side, '稍等一下')
  await panel.getByRole('button', { name: /^发送/ }).first().click()
  await expect(page.locator('#draft')).toHaveValue('李姐稍等，我去看一眼实物，两分钟回您。')
  await expect(panel.getByText(/回车/)).toBeVisible()
})
