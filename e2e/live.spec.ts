import { expect, openChat, REP, test } from './support.ts'

const STAR = 'wmShopLiJingWen00000000000000001'

test('what somebody changes in WeCom is on the open card within three seconds', async ({ page, wecom }) => {
  const side = await openChat(page, { customer: STAR })
  await expect(side.getByRole('heading', { level: 1 })).toHaveText(/李静文/)
  await wecom.edit({ userid: REP, externalUserid: STAR, remark: '李静文 · 刚改的' })
  await expect(side.getByRole('heading', { level: 1 })).toHaveText('李静文 · 刚改的', { timeout: 3_000 })
  await wecom.edit({ userid: REP, externalUserid: STAR, remark: '李静文' })
  await expect(side.getByRole('heading', { level: 1 })).toHaveText('李静文', { timeout: 3_000 })
})

test('a tag put on while WeCom is busy waits in sight, and reaches WeCom when it is asked for', async ({
  page,
  wecom,
}) => {
  const [, other] = (await wecom.conversations()).filter((c) => c.remark)
  const side = await openChat(page, { customer: other?.externalUserid ?? '' })
  await side.getByRole('button', { name: '加标签' }).last().click()
  const tag = side.getByRole('dialog').getByRole('button', { name: '童趣', exact: true })
  await expect(tag).toBeVisible()
  await wecom.fault({ path: '/cgi-bin/externalcontact/mark_tag', errcode: -1 })
  await tag.click()
  await expect(tag).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Escape')
  const strip = side.getByRole('status').filter({ hasText: '等待同步到企业微信：标签' })
  await expect(strip).toBeVisible({ timeout: 8_000 })
  await wecom.unavailable(false)
  await page.request.delete('/__sim/api/faults')
  await strip.getByRole('button', { name: '现在同步' }).click()
  await expect(strip).toHaveCount(0)
  const marks = (await wecom.calls()).filter((call) => call.path.endsWith('/mark_tag'))
  expect(JSON.stringify(marks.at(-1)?.body)).toContain('"add_tag"')
})
