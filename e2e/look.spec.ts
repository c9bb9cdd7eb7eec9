import { firstLoad } from '../bench/size.ts'
import AxeBuilder from '@axe-core/playwright'
import { expect, openChat, test } from './support.ts'

const STAR = 'wmShopLiJingWen00000000000000001'
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']

for (const scheme of ['light', 'dark'] as const) {
  test(`nothing in the ${scheme} sidebar fails an accessibility rule`, async ({ page }) => {
    const side = await openChat(page, { customer: STAR, scheme })
    await expect(side.getByRole('heading', { level: 1 })).toHaveText(/李静文/)
    await expect(side.locator('html')).toHaveAttribute('data-theme', scheme)
    const faults = async () =>
      (await new AxeBuilder({ page }).include('iframe').withTags(RULES).analyze()).violations.map(
        (v) => `${v.id}: ${v.nodes[0]?.html}`,
      )
    expect(await faults()).toEqual([])
    await side.getByRole('tab', { name: '话术' }).click()
    await expect(side.getByText('到店留货').first()).toBeVisible()
    expect(await faults()).toEqual([])
    await page.keyboard.press('Escape')
    await side.getByRole('tab', { name: /订单/ }).click()
    await expect(side.locator('[aria-expanded]').first()).toBeVisible()
    expect(await faults()).toEqual([])
    await side.getByRole('button', { name: '加标签', exact: true }).click()
    await expect(side.getByRole('dialog').getByRole('heading', { name: '意向' })).toBeVisible()
    expect(await faults()).toEqual([])
  })
}

test('on a phone the sidebar is a page of its own, reached by the toolbar and by touch', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    locale: 'zh-CN',
    baseURL: baseURL ?? '',
  })
  const page = await context.newPage()
  const side = await openChat(page, { customer: STAR, device: 'ios', open: 1 } as never)
  await expect(side.getByRole('heading', { level: 1 })).toHaveText(/李静文/)
  const overflow = await side.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth)
  expect(overflow).toBeLessThanOrEqual(0)
  await context.close()
})

for (const width of [300, 360, 420]) {
  test(`nothing is cut off sideways at ${width} px`, async ({ page }) => {
    const side = await openChat(page, { customer: STAR, sb: width })
    await expect(side.getByRole('heading', { level: 1 })).toHaveText(/李静文/)
    const overflow = await side.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth)
    expect(overflow).toBeLessThanOrEqual(0)
  })
}

test('a nickname and a remark that are HTML are shown as text and run nothing', async ({ page }) => {
  const dialogs: string[] = []
  page.on('dialog', (dialog) => dialogs.push(dialog.message()))
  const side = await openChat(page, { customer: 'wmShopEdgeHtml000000000000000000' })
  await expect(side.getByRole('heading', { level: 1 })).toHaveText('<b>加粗</b>&amp;"引号"')
  await expect(side.getByText('<img src=x onerror=alert(1)>').first()).toBeVisible()
  expect(dialogs).toEqual([])
  expect(await side.locator('img[onerror], h1 b').count()).toBe(0)
})

test('English, large type and dark are kept for the next open', async ({ page }) => {
  let side = await openChat(page, { customer: STAR })
  await side.getByRole('button', { name: '完整资料与更多操作' }).click()
  await side.getByRole('button', { name: 'English' }).click()
  await side.getByRole('button', { name: 'Largest' }).click()
  await side.getByRole('button', { name: 'Dark' }).click()
  side = await openChat(page, { customer: STAR })
  await expect(side.getByRole('tab', { name: 'Overview' })).toBeVisible()
  await expect(side.locator('html')).toHaveAttribute('data-theme', 'dark')
  expect(await side.locator('html').evaluate((html) => getComputedStyle(html).fontSize)).toBe('20.8px')
})

test('before the card is painted the browser fetches less than 80 kB of scripts and styles', async ({ page }) => {
  // Everything whose fetching had begun when the name was painted; what is fetched afterwards does not stand in its way.
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('#view')) return
      observer.disconnect()
      const fetched = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
      const bytes = fetched
        .filter(({ name }) => /\/assets\/.+\.(js|css)$/.test(name))
        .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)
      document.documentElement.dataset['bytes'] = String(bytes)
    }).observe(document, { childList: true, subtree: true })
  })
  const side = await openChat(page, { customer: STAR })
  await expect(side.getByRole('heading', { level: 1 })).toHaveText(/李静文/)
  const total = Number(await side.locator('html').getAttribute('data-bytes'))
  expect(total).toBeGreaterThan(10_000)
  expect(total).toBeLessThan(80_000)
  // As gzip packs it: not every client takes what packs better.
  const packed = firstLoad().filter((file) => file.first)
  expect(packed.reduce((sum, { gzip }) => sum + gzip, 0)).toBeLessThan(80_000)
})
