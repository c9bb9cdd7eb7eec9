import AxeBuilder from '@axe-core/playwright'
import type { FrameLocator, Page } from '@playwright/test'
import { expect, handedOver, openChat, test } from './support.ts'

/** Customers of this rep that no other spec writes to, each test its own. */
async function customers(wecom: { conversations(): Promise<{ externalUserid: string }[]> }): Promise<string[]> {
  return (await wecom.conversations()).map((one) => one.externalUserid).slice(8)
}
/** What opens later is fetched behind the card: before the network is cut it must be here. */
const allFetched = (page: Page) => page.waitForTimeout(3_500)

async function ready(page: Page, customer: string, more: object = {}): Promise<FrameLocator> {
  const side = await openChat(page, { customer, ...more })
  await expect(side.getByRole('toolbar')).toBeVisible()
  return side
}

test('a note with a date: two keys beside the words; it stands on the card, its task too, and can be taken back', async ({
  page,
  wecom,
}) => {
  const [customer = ''] = await customers(wecom)
  const side = await ready(page, customer)
  await side.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('n')
  await expect(side.getByRole('textbox', { name: '跟进内容' })).toBeFocused()
  await page.keyboard.type('试穿偏大，想换 S；下周三下午再来')
  await expect(side.getByText('识别到「下周三下午」')).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(side.getByText('试穿偏大，想换 S；下周三下午再来').first()).toBeVisible()
  await expect(side.getByRole('region', { name: '待办' })).toContainText('15:00')
  await side.getByRole('button', { name: '撤销' }).click()
  await expect(side.getByRole('region', { name: '待办' })).toHaveCount(0)
})

test('what was being written survives a killed page, with its customer', async ({ page, wecom }) => {
  const [, customer = ''] = await customers(wecom)
  let side = await ready(page, customer)
  await side.getByRole('button', { name: '记跟进' }).click()
  await side.getByRole('textbox', { name: '跟进内容' }).fill('写到一半的话')
  await page.waitForTimeout(500)
  await page.goto('about:blank')
  side = await ready(page, customer)
  await side.getByRole('button', { name: '记跟进' }).click()
  await expect(side.getByRole('textbox', { name: '跟进内容' })).toHaveValue('写到一半的话')
  await expect(side.getByText('上次没写完，接着写')).toBeVisible()
})

test('without a network a note, a tag and a task wait in sight, and are sent once when it is back', async ({
  page,
  wecom,
  context,
}) => {
  const [, , customer = ''] = await customers(wecom)
  const side = await ready(page, customer)
  await side.getByRole('button', { name: '加标签', exact: true }).click()
  await expect(side.getByRole('button', { name: '圣诞红绿' })).toBeVisible()
  await allFetched(page)
  await context.setOffline(true)
  await side.getByRole('button', { name: '圣诞红绿' }).click()
  await page.keyboard.press('Escape')
  await side.getByRole('button', { name: '记跟进' }).click()
  await side.getByRole('textbox', { name: '跟进内容' }).fill('地下车库里记的')
  await side.getByRole('button', { name: /保存跟进/ }).dblclick()
  await side.getByRole('button', { name: '定提醒' }).click()
  await side.getByRole('textbox', { name: '要做什么' }).fill('送货确认')
  await side.getByRole('button', { name: '保存', exact: true }).click()
  await expect(side.getByText('3 项改动等网络恢复后提交')).toBeVisible()
  await context.setOffline(false)
  await expect(side.getByText(/项改动等网络恢复/)).toHaveCount(0, { timeout: 20_000 })
  await side.getByRole('tab', { name: '跟进' }).click()
  await expect(side.getByText('地下车库里记的')).toHaveCount(1)
  await expect(side.getByText('加标签 圣诞红绿')).toBeVisible()
  await expect(side.getByRole('region', { name: '待办' })).toContainText('送货确认')
})

test('writes that waited when the page was killed go out from the next one', async ({ page, wecom, context }) => {
  const [, , , customer = '', other = ''] = await customers(wecom)
  let side = await ready(page, customer)
  await allFetched(page)
  await context.setOffline(true)
  await side.getByRole('button', { name: '记跟进' }).click()
  await side.getByRole('textbox', { name: '跟进内容' }).fill('没网时关掉了')
  await side.getByRole('button', { name: /保存跟进/ }).click()
  await expect(side.getByText('1 项改动等网络恢复后提交')).toBeVisible()
  await context.setOffline(false)
  await page.goto('about:blank')
  side = await ready(page, other)
  await allFetched(page)
  side = await ready(page, customer)
  await expect(side.getByText('没网时关掉了').first()).toBeVisible({ timeout: 15_000 })
})

test('a stage moves in one tap, asks why somebody is lost, and is undone', async ({ page, wecom }) => {
  const [, , , , , customer = ''] = await customers(wecom)
  const side = await ready(page, customer)
  const line = side.getByRole('region', { name: '跟进阶段' })
  await line.getByRole('button', { name: '有意向' }).click()
  await expect(line.getByRole('button', { name: /有意向/ })).toHaveAttribute('aria-pressed', 'true')
  await line.getByRole('button', { name: '流失' }).click()
  await line.getByRole('textbox').fill('去了别家')
  await page.keyboard.press('Enter')
  await expect(line.getByRole('button', { name: /流失/ })).toHaveAttribute('aria-pressed', 'true')
  await side.getByRole('button', { name: '撤销' }).click()
  await expect(line.getByRole('button', { name: /有意向/ })).toHaveAttribute('aria-pressed', 'true')
})

test('a task is done with one tap and comes back with one', async ({ page, wecom }) => {
  const [, , , , , , customer = ''] = await customers(wecom)
  const side = await ready(page, customer)
  await side.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('r')
  await side.getByRole('textbox', { name: '要做什么' }).fill('明天下午打电话')
  await page.keyboard.press('Enter')
  const todo = side.getByRole('region', { name: '待办' })
  await expect(todo).toContainText('明天 15:00')
  await todo.getByRole('button', { name: '完成「明天下午打电话」' }).click()
  await expect(todo).toHaveCount(0)
  await side.getByRole('button', { name: '撤销' }).click()
  await expect(todo).toContainText('明天下午打电话')
})

test('a reply that asks something is sent once that is filled in; “sent already” is told afterwards', async ({
  page,
  wecom,
}) => {
  // A rep of their own: what one sends often stands on the first screen.
  const member = 'ChenYiNuo'
  const customer = (await wecom.conversations(member))[0]?.externalUserid ?? ''
  const side = await ready(page, customer, { member })
  await side.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('/')
  await side.getByRole('combobox').fill('qrdd')
  const panel = side.locator('.panel')
  await expect(panel.getByText('缺少「到店时间」，改一下再发')).toBeVisible()
  await panel.getByRole('textbox', { name: '填「到店时间」' }).fill('周六下午三点')
  await page.keyboard.press('Enter')
  await expect.poll(async () => JSON.stringify(await handedOver(page))).toContain('周六下午三点见')
  await page.waitForTimeout(800)
  const again = await ready(page, customer, { member })
  await again.getByRole('tab', { name: '话术' }).click()
  await again.getByRole('combobox').fill('qrdd')
  await expect(again.getByText(/已发过/)).toBeVisible()
})

test('a company reply becomes one’s own and is changed; a favourite is at hand', async ({ page, wecom }) => {
  const [, , , , , , , customer = ''] = await customers(wecom)
  const side = await ready(page, customer)
  await side.getByRole('tab', { name: '话术' }).click()
  const panel = side.locator('.panel')
  await panel.getByRole('combobox').fill('积分怎么用')
  await panel.getByRole('button', { name: '收藏 积分怎么用' }).click()
  await panel.getByRole('button', { name: '转为我的' }).click()
  await expect(side.getByText('已转为我的话术，可以改')).toBeVisible()
  await panel.getByRole('combobox').fill('')
  await panel.getByRole('button', { name: '收藏', exact: true }).click()
  await expect(panel.getByText('积分怎么用').first()).toBeVisible()
  await panel.getByRole('button', { name: '我的', exact: true }).click()
  await panel.getByRole('button', { name: '改我的话术：积分怎么用' }).click()
  await panel.getByRole('button', { name: '加文字' }).click()
  await panel.getByRole('textbox', { name: '第 2 条：文字' }).fill('第二条')
  await panel.getByRole('button', { name: '保存话术' }).click()
  await expect(panel.getByText('第二条')).toBeVisible()
  await panel.getByRole('button', { name: '改我的话术：积分怎么用' }).click()
  await panel.getByRole('button', { name: '删除' }).first().click()
  await panel.getByRole('alertdialog').getByRole('button', { name: '删除' }).click()
})

test('a reminder’s link opens its customer outside the chat, where the chat can be opened', async ({ page, wecom }) => {
  const [, , , , , , , , customer = ''] = await customers(wecom)
  const side = await openChat(page, { customer, entry: 'normal' })
  await expect(side.getByRole('button', { name: '今日', exact: true })).toBeVisible()
  await page
    .locator('iframe')
    .evaluate((frame, id) => void ((frame as HTMLIFrameElement).src = `/sidebar?customer=${id}`), customer)
  await expect(side.getByText('不在聊天里，发送前先打开聊天')).toBeVisible()
  await expect(side.getByRole('toolbar')).toBeVisible()
  await side.getByRole('button', { name: /^发送/ }).first().click()
  await expect(side.getByText(/没发出去/)).toBeVisible()
  await side.getByRole('button', { name: '打开聊天' }).click()
  await expect(page.getByText(/客户端打开了聊天/)).toBeVisible()
})

test('from the workbench: today’s customers with their reasons, and all of one’s own, found by pinyin', async ({
  page,
}) => {
  const side = await openChat(page, { customer: 'wmShopLiJingWen00000000000000001', entry: 'normal' })
  await expect(side.getByRole('button', { name: /李静文/ }).first()).toBeVisible()
  await side
    .getByRole('group', { name: '按原因筛选' })
    .getByRole('button', { name: /^已过期/ })
    .click()
  await expect(side.getByText('发礼盒报价')).toBeVisible()
  await side.getByRole('button', { name: '我的客户', exact: true }).click()
  await side.getByRole('searchbox').fill('李静文')
  await expect(side.getByRole('button', { name: '打开 李静文' })).toBeVisible()
  await side.getByRole('button', { name: '打开 李静文' }).click()
  await expect(side.getByRole('heading', { level: 1 })).toHaveText(/李静文/)
  await side.getByRole('button', { name: '回到今日' }).click()
  await expect(side.getByRole('button', { name: '今日', exact: true })).toBeVisible()
})

test('many customers get a tag after a look at what would change, and the batch is taken back', async ({ page }) => {
  const side = await openChat(page, { customer: 'wmShopLiJingWen00000000000000001', entry: 'normal' })
  await side.getByRole('button', { name: '我的客户', exact: true }).click()
  await side.getByRole('button', { name: '筛选' }).click()
  await side.getByRole('button', { name: '从没联系过' }).click()
  await side.getByRole('textbox', { name: '视图名字' }).fill('没聊过')
  await side.getByRole('button', { name: '存成视图' }).click()
  await expect(side.getByRole('button', { name: '没聊过', exact: true })).toHaveAttribute('aria-pressed', 'true')
  await side.getByRole('button', { name: '选择', exact: true }).click()
  const rows = side.getByRole('button', { name: /^选择 / })
  for (const nth of [10, 11, 12]) await rows.nth(nth).click()
  await side.getByRole('button', { name: /批量标签/ }).click()
  const sheet = side.getByRole('dialog')
  await sheet.getByRole('button', { name: '教师节' }).first().click()
  await sheet.getByRole('button', { name: '看看会改什么' }).click()
  await expect(sheet.getByText('+教师节').first()).toBeVisible()
  await sheet.getByRole('button', { name: /^开始/ }).click()
  await expect(sheet.getByText('完成：3 位成功，0 位失败')).toBeVisible({ timeout: 15_000 })
  await sheet.getByRole('button', { name: '撤销这一批' }).click()
  await expect(sheet.getByRole('button', { name: '撤销这一批' })).toHaveCount(0)
  // One of them may have had the tag before: it keeps it.
  await expect(sheet.getByText(/完成：[23] 位成功，0 位失败/)).toBeVisible({ timeout: 15_000 })
})

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']
for (const scheme of ['light', 'dark'] as const) {
  test(`no sheet of the day fails an accessibility rule: ${scheme}`, async ({ page }) => {
    test.setTimeout(90_000)
    const side = await ready(page, 'wmShopLiJingWen00000000000000001', {
      scheme,
      lang: scheme === 'dark' ? 'en' : 'zh',
    })
    const faults = async (what: string) =>
      expect(
        (await new AxeBuilder({ page }).include('iframe').withTags(RULES).analyze()).violations.map(
          (v) => `${what} ${v.id}: ${v.nodes[0]?.html}`,
        ),
      ).toEqual([])
    await faults('overview')
    await side.getByRole('tab').nth(3).click()
    await expect(side.locator('.entry').first()).toBeVisible()
    await faults('timeline')
    for (const key of ['n', 'r', 't', 'd']) {
      await side.getByRole('heading', { level: 1 }).click()
      await page.keyboard.press(key)
      await expect(side.getByRole('dialog').or(side.locator('.work')).first()).toBeVisible()
      await page.waitForTimeout(400)
      await faults(key)
      if (key === 'd') {
        await side.locator('.work .seg button').nth(1).click()
        await expect(side.locator('.one').first()).toBeVisible()
        await faults('book')
      }
      await page.keyboard.press('Escape')
      await expect(side.getByRole('dialog')).toHaveCount(0)
    }
  })
}

test('a clerk tags one customer after the other with a tap each, and can undo', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 760 })
  await page.goto('/auth/login?return=%2Fdesk')
  await page.goto(`${page.url()}&as=ChenYiNuo`)
  await page.goto('/desk#/counter')
  const first = await page.getByRole('heading', { level: 2 }).textContent()
  await page.getByRole('button', { name: '送礼刚需' }).click()
  await expect(page.getByText('已加「送礼刚需」')).toBeVisible()
  await expect(page.getByRole('button', { name: '送礼刚需' }).first()).toHaveAttribute('aria-pressed', 'true')
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(page.getByRole('button', { name: '送礼刚需' }).first()).toHaveAttribute('aria-pressed', 'false')
  await page.getByRole('button', { name: '送礼刚需' }).first().click()
  await page.getByRole('button', { name: '下一位' }).click()
  await expect(page.getByRole('heading', { level: 2 })).not.toHaveText(first ?? '')
})
