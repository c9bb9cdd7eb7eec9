import { expect, openChat, test } from './support.ts'

const STAR = 'wmShopLiJingWen00000000000000001'

test('a tap tags the customer in WeCom, and undo takes it back there', async ({ page, wecom }) => {
  const side = await openChat(page, { customer: STAR })
  await side.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('t')
  const tag = side.getByRole('region', { name: '风格' }).getByRole('button', { name: '波点', exact: true })
  await tag.click()
  await expect(tag).toHaveAttribute('aria-pressed', 'true')
  await expect(side.getByText('已加标签「波点」')).toBeVisible()
  const marks = async () => (await wecom.calls()).filter((c) => c.path.endsWith('/mark_tag'))
  await expect.poll(async () => (await marks()).length).toBeGreaterThan(0)
  await side.getByRole('button', { name: '撤销' }).click()
  await expect(tag).toHaveAttribute('aria-pressed', 'false')
  await expect.poll(async () => JSON.stringify((await marks()).at(-1)?.body)).toContain('"remove_tag":["')
})

test('a tag that WeCom refuses is taken back, with the reason in words', async ({ page, wecom }) => {
  const side = await openChat(page, { customer: STAR })
  await side.getByRole('button', { name: /加标签（T）/ }).click()
  const tag = side.getByRole('dialog').getByRole('button', { name: '法式', exact: true })
  await expect(tag).toBeVisible()
  await wecom.fault({ path: '/cgi-bin/externalcontact/mark_tag', errcode: 84061, times: 1 })
  await tag.click()
  await expect(side.locator('.toast')).toContainText(/客户|企业微信/)
  await expect(tag).toHaveAttribute('aria-pressed', 'false')
})

test('tags are found by pinyin initials', async ({ page }) => {
  const side = await openChat(page, { customer: STAR })
  await side.getByRole('button', { name: /加标签（T）/ }).click()
  const dialog = side.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: '法式', exact: true })).toBeVisible()
  await dialog.getByRole('searchbox').or(dialog.getByRole('textbox')).first().fill('bojj')
  await expect(dialog.getByRole('button', { name: '北欧极简' })).toBeVisible()
  await expect(dialog.getByRole('button', { name: '法式', exact: true })).toHaveCount(0)
})

test('a remark goes to WeCom and stands on the card', async ({ page, wecom }) => {
  const side = await openChat(page, { customer: STAR })
  await side.getByRole('button', { name: '完整资料与更多操作' }).click()
  const remark = side.getByLabel('备注', { exact: false }).first()
  await remark.fill('李静文 老客')
  await side.getByRole('button', { name: '保存资料' }).click()
  await expect
    .poll(async () => JSON.stringify((await wecom.calls()).filter((c) => c.path.endsWith('/remark')).at(-1)?.body))
    .toContain('老客')
  await remark.fill('李静文')
  await side.getByRole('button', { name: '保存资料' }).click()
  await expect(side.getByText('资料已保存').first()).toBeVisible()
})
