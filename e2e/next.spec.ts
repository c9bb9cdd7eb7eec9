import AxeBuilder from '@axe-core/playwright'
import { expect, openChat, openDesk, REP, test } from './support.ts'

/** Was promised an offer for yesterday (`scripts/demo/day.ts`). */
const LATE = '郝老师'

test('a late promise is the one line above the replies: opened, put away, brought back, done; and that is measured', async ({
  page,
  wecom,
}) => {
  const customer = (await wecom.conversations(REP)).find((one) => one.remark.includes(LATE))?.externalUserid ?? ''
  const side = await openChat(page, { customer })
  const [line, row] = [side.getByRole('region', { name: '下一步' }), side.getByRole('region', { name: '待办' })]
  await expect(line).toContainText('发礼盒报价')
  await expect(row).toHaveCount(0)
  const { violations } = await new AxeBuilder({ page }).include('iframe').withTags(['wcag2a', 'wcag2aa']).analyze()
  expect(violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`)).toEqual([])
  await line.getByRole('button', { name: /^发礼盒报价/ }).click()
  await expect(side.getByRole('dialog').getByRole('textbox', { name: '要做什么' })).toHaveValue('发礼盒报价')
  await page.keyboard.press('Escape')
  await line.getByRole('button', { name: '先不提' }).click()
  await expect(row).toContainText('发礼盒报价')
  await expect(line.getByText('发礼盒报价')).toHaveCount(0)
  await side.getByRole('button', { name: '撤销' }).click()
  await expect(line).toContainText('发礼盒报价')
  await line.getByRole('button', { name: '完成「发礼盒报价」' }).click()
  await expect(side.getByText('发礼盒报价')).toHaveCount(1)
  await side.getByRole('button', { name: '撤销' }).click()
  await expect(line).toContainText('发礼盒报价')
  await page.context().clearCookies()
  await openDesk(page, 'GaoYuan', 'figures')
  const table = page.getByRole('region', { name: '下一步提示' }).getByRole('table')
  await expect(
    table
      .getByRole('row', { name: /^承诺过期/ })
      .getByRole('cell')
      .nth(2),
  ).not.toHaveText('0')
})
