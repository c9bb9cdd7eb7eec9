import { expect, handedOver, openChat, test } from './support.ts'

const STAR = 'wmShopLiJingWen00000000000000001'

async function ask(page: Parameters<typeof openChat>[0], words: string) {
  const side = await openChat(page, { customer: STAR })
  await side.getByRole('tab', { name: '话术' }).click()
  const panel = side.getByRole('region', { name: '话术' })
  await panel.getByRole('button', { name: '问一问' }).click()
  await panel.getByRole('textbox', { name: '客户怎么说的' }).fill(words)
  await page.keyboard.press('Enter')
  return { side, panel, box: panel.getByRole('region', { name: '起草' }) }
}

test('a draft of the demo’s model is traced to a reply, edited, and sent by a tap alone', async ({ page }) => {
  const { box } = await ask(page, '退换货流程是怎样的？')
  await expect(box.getByText(/演示模型/)).toBeVisible()
  await box.getByRole('button', { name: '起草' }).click()
  const field = box.getByRole('textbox', { name: '起草的回复，可以改' })
  await expect(field).toHaveValue(/李姐.*退/)
  await expect(box.getByText(/^依据：话术「/)).toBeVisible()
  expect(await handedOver(page)).toEqual([])
  const said = `${await field.inputValue()}有事随时找我。`
  await field.fill(said)
  await box.getByRole('button', { name: '发送' }).click()
  await expect.poll(async () => (await handedOver(page)).length).toBe(1)
  expect((await handedOver(page))[0]).toMatchObject({ msgtype: 'text', body: { content: said } })
})

test('a draft is stopped by a tap, and nothing of it stays', async ({ page }) => {
  const { box } = await ask(page, '退换货流程是怎样的？')
  await box.getByRole('button', { name: '起草' }).click()
  await box.getByRole('button', { name: '停下' }).click()
  await expect(box.getByRole('button', { name: '起草' })).toBeVisible()
  await expect(box.getByRole('textbox')).toHaveCount(0)
  expect(await handedOver(page)).toEqual([])
})

test('a summary and a note of what was pasted are for the rep alone', async ({ page }) => {
  const side = await openChat(page, { customer: STAR })
  await side.getByRole('button', { name: '完整资料与更多操作' }).click()
  const summary = side.getByRole('region', { name: '客户摘要' })
  await summary.getByRole('button', { name: '写一段摘要' }).click()
  await expect(summary.getByRole('textbox')).toHaveValue(/买了/)
  await page.keyboard.press('Escape')
  await side.getByRole('button', { name: '记跟进' }).click()
  const sheet = side.getByRole('dialog', { name: '记跟进' })
  await sheet.getByRole('button', { name: '从对话整理' }).click()
  await sheet.getByRole('textbox', { name: '粘贴和客户的对话' }).fill('客户：周六下午来店里看烛台，预算三百。')
  await sheet.getByRole('button', { name: '整理成跟进' }).click()
  await expect(sheet.getByRole('textbox', { name: '跟进内容' })).toHaveValue(/周六下午来店里看烛台/)
  expect(await handedOver(page)).toEqual([])
})
