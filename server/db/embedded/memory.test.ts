import { expect, test } from 'vitest'
import { sharedBuffers } from './memory.ts'

const GB = 1024 ** 3

test.each([
  ['a small machine', GB / 8, 0, '32MB'],
  ['a phone-sized server', 2 * GB, 0, '256MB'],
  ['a large machine', 64 * GB, 0, '1024MB'],
  ['a small container on a large machine', 64 * GB, GB, '128MB'],
  ['a machine without a limit', 2 * GB, 2 ** 64, '256MB'],
])('the database on %s takes an eighth of the memory within bounds', (_, total, limit, expected) => {
  expect(sharedBuffers(total, limit)).toBe(expected)
})
