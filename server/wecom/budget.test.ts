import { expect, test } from 'vitest'
import { createWindow, takeFrom } from './budget.ts'

test('never more than the limit goes out in any window, also across its border', () => {
  let now = 0
  const window = createWindow(100, 60_000, () => now)
  const sent: number[] = []
  for (now = 0; now < 600_000; now += 50) {
    if (takeFrom([window])) sent.push(now)
  }
  const most = Math.max(...sent.map((from) => sent.filter((at) => at >= from && at < from + 60_000).length))
  expect(most).toBe(100)
  expect(sent.length).toBeGreaterThan(900)
})

test('a call refused by the hour costs the minute nothing', () => {
  const minute = createWindow(2, 60_000, () => 0)
  const hour = createWindow(1, 3_600_000, () => 0)
  expect([takeFrom([minute, hour]), takeFrom([minute, hour])]).toEqual([true, false])
  expect(takeFrom([minute])).toBe(true)
})

test('a window that has emptied is idle again', () => {
  let now = 0
  const window = createWindow(5, 60_000, () => now)
  window.add()
  expect(window.isIdle()).toBe(false)
  now = 62_000
  expect(window.isIdle()).toBe(true)
})
