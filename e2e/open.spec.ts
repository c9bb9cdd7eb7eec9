import { expect, faultApi, openChat, REP, switchChat, test } from './support.ts'

const STAR = 'wmShopLiJingWen00000000000000001'

test('opening a chat shows who the customer is and what they bought', async ({ page }) => {
  const side = await openChat(page, { customer: STAR })
  await expect(side.getByRole('heading', { level: 1 })).toHaveText('李静文')
  await expect(side.getByText('138****5521')).toBeVisible()
  await expect(side.getByText(/累计 \d+ 单/)).toBeVisible()
  await expect(side.getByRole('img', { name: /近 12 个月/ })).toBeVisible()
  await side.getByRole('tab', { name: /订单/ }).click()
  await expect(side.getByRole('region', { name: '订单' }).locator('[aria-expanded]').first()).toBeVisible()
})

test('the second open of a customer asks our server once and WeCom not at all', async ({ page, wecom }) => {
  let side = await openChat(page, { customer: STAR })
  await expect(side.getByRole('heading', { level: 1 })).toHaveText('李静文')
  await page.waitForLoadState('networkidle')
  // Beside the jobs of the first minute, which read other customers.
  const ours = async () =>
    (await wecom.calls()).filter(
      (call) => !call.path.endsWith('/externalcontact/get') || JSON.stringify(call).includes(STAR),
    ).length
  const before = await ours()
  const asked: string[] = []
  page.on('request', (request) => new URL(request.url()).pathname.startsWith('/api/') && asked.push(request.url()))
  side = await openChat(page, { customer: STAR })
  await expect(side.getByRole('heading', { level: 1 })).toHaveText('李静文')
  await page.waitForLoadState('networkidle')
  expect(asked.length).toBeLessThanOrEqual(2)
  expect(await ours()).toBe(before)
})

test('the name is painted before the app has arrived', async ({ page }) => {
  const { promise: later, resolve: arrive } = Promise.withResolvers<void>()
  await page.route('**/assets/*.js', async (route) => {
    await later
    await route.continue()
  })
  const side = await openChat(page, { customer: STAR })
  await expect(side.getByRole('heading', { level: 1 })).toHaveText('李静文')
  await expect(side.getByRole('tablist')).toHaveCount(0)
  arrive()
  await expect(side.getByRole('tablist')).toBeVisible()
})

test('switching the chat shows the next customer and never a frame of the last', async ({ page, wecom }) => {
  const [, second] = (await wecom.conversations()).filter((c) => c.remark)
  const side = await openChat(page, { customer: STAR })
  await expect(side.getByRole('heading', { level: 1 })).toHaveText('李静文')
  await switchChat(page, second?.externalUserid ?? '')
  await expect(side.getByRole('heading', { level: 1 })).toHaveText(second?.remark ?? '')
  await expect(side.getByText('138****5521')).toHaveCount(0)
})

test('a chat that changes under a page that is not reloaded changes the page too', async ({ page, wecom }) => {
  const [, second] = (await wecom.conversations()).filter((c) => c.remark)
  const side = await openChat(page, { customer: STAR })
  await expect(side.getByRole('heading', { level: 1 })).toHaveText('李静文')
  await switchChat(page, second?.externalUserid ?? '', false)
  await expect(side.getByRole('heading', { level: 1 })).toHaveText(second?.remark ?? '')
})

for (const [what, options, words] of [
  ['a group chat', { entry: 'group_chat_tools' }, '请在客户聊天里打开'],
  ['a plain browser', { device: 'plain' }, '请在企业微信里打开'],
] as const) {
  test(`opened from ${what}, the page says where it belongs`, async ({ page }) => {
    const side = await openChat(page, { customer: STAR, ...options })
    if (what === 'a plain browser') await side.getByRole('link', { name: new RegExp(REP) }).click()
    await expect(side.getByRole('alert')).toContainText(words)
  })
}

test('a client that never answers leads to a page that says what to do within seconds', async ({ page }) => {
  const side = await openChat(page, { customer: STAR, bridge: 'never' })
  await expect(side.getByRole('alert')).toContainText('企业微信没有回应', { timeout: 9_000 })
  await expect(side.getByRole('button', { name: '重试' })).toBeVisible()
})

test('a signature that WeCom refuses is explained, for the admin too', async ({ page }) => {
  await page.addInitScript(() => {
    const original = window.fetch
    window.fetch = (input, init) =>
      String(input).includes('/__sim/api/verify')
        ? Promise.resolve(
            new Response(
              JSON.stringify({
                ok: false,
                why: 'invalid signature more info at https://open.work.weixin.qq.com/devtool/query?e=40093',
              }),
            ),
          )
        : original(input, init)
  })
  const side = await openChat(page, { customer: STAR })
  await expect(side.getByRole('alert')).toContainText('页面没有通过企业微信的校验', { timeout: 9_000 })
})

test('a call that hangs after the page was signed is not waited for', async ({ page }) => {
  const side = await openChat(page, { customer: STAR })
  await expect(side.getByRole('heading', { level: 1 })).toHaveText('李静文')
  await faultApi(page, 'sendChatMessage', 'hang')
  await side.getByRole('button', { name: /^发送/ }).first().click()
  await expect(side.getByText(/企业微信没有回应/)).toBeVisible({ timeout: 12_000 })
})

test('with WeCom down, what is known is still shown with its age', async ({ page, wecom }) => {
  const side = await openChat(page, { customer: STAR })
  await expect(side.getByRole('heading', { level: 1 })).toHaveText('李静文')
  await wecom.unavailable(true)
  await page.reload()
  await expect(side.getByRole('heading', { level: 1 })).toHaveText('李静文')
})

test('the sidebar diagnoses itself: what the client answers, call by call, without a customer’s name', async ({
  page,
}) => {
  const side = await openChat(page)
  await expect(side.getByRole('tab').first()).toBeVisible()
  await page.locator('iframe').evaluate((frame) => void ((frame as HTMLIFrameElement).src = '/sidebar?diagnose'))
  await expect(side.getByRole('heading', { name: '侧边栏诊断' })).toBeVisible()
  await expect(side.locator('li', { hasText: 'getContext' })).toContainText('single_chat_tools')
  await expect(side.locator('li', { hasText: 'getCurExternalContact' })).toContainText('拿到了')
  await expect(side.locator('li', { hasText: '页面签名' })).toContainText('就是这个地址')
  await expect(side.locator('main')).not.toContainText('李静文')
})
