import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import { HostError, type HostFault } from '#web/host/host.ts'
import { ApiError } from '#web/lib/api.ts'
import CardFault from './CardFault.vue'
import CardSkeleton from './CardSkeleton.vue'
import FreshnessStrip from './FreshnessStrip.vue'
import HostFaultPage from './HostFaultPage.vue'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('a quick answer never flickers: the skeleton waits 200 ms', async () => {
  const page = mount(CardSkeleton)
  vi.advanceTimersByTime(199)
  await nextTick()
  expect(page.find('.sk').exists()).toBe(false)
  vi.advanceTimersByTime(1)
  await nextTick()
  expect(page.find('.sk').exists()).toBe(true)
})

test.each<[HostFault, string, boolean]>([
  ['outside', '请在企业微信里打开', false],
  ['wrong_entry', '请在客户聊天里打开', true],
  ['timeout', '企业微信没有回应', true],
  ['bad_signature', '页面没有通过企业微信的校验', true],
  ['no_permission', '应用缺少权限', true],
  ['unsupported', '企业微信版本太旧', true],
  ['unknown', '没能知道这是哪位客户', true],
])('%s: the page says "%s"', async (kind, words, again) => {
  const page = mount(HostFaultPage, { props: { fault: new HostError(kind, 'raw words') } })
  expect(page.get('[role=alert]').text()).toContain(words)
  expect(page.find('button').exists()).toBe(again)
  if (again) {
    await page.get('button').trigger('click')
    expect(page.emitted('retry')).toHaveLength(1)
  }
})

test('somebody else’s customer, no network and a failure each have a face and a way on', () => {
  const face = (error: unknown) => mount(CardFault, { props: { error } }).text()
  expect(face(new ApiError('not_found', ''))).toContain('看不到这位客户')
  expect(face(new ApiError('offline', ''))).toContain('网络断了')
  expect(face(new ApiError('wecom_busy', '企业微信繁忙，请稍后再试'))).toContain('企业微信繁忙')
})

test('a card that could not be renewed says why and can be tried again', async () => {
  const strip = mount(FreshnessStrip, {
    props: { asOf: '2026-01-05T01:00:00Z', error: new ApiError('wecom_busy', '企业微信繁忙') },
  })
  expect(strip.get('[role=alert]').text()).toContain('企业微信繁忙')
  await strip.get('button').trigger('click')
  expect(strip.emitted('retry')).toHaveLength(1)
})
