import { expect, test } from 'vitest'
import { createSeal } from './seal.ts'

const secret = 'a-session-secret-of-at-least-thirty-two-characters'
const { seal, open } = createSeal(secret, 'tests')

test('what is sealed opens again, with the same key and context only', () => {
  const sealed = seal('AccessToken', 'access_token of app 1')
  expect(open(sealed, 'access_token of app 1')).toBe('AccessToken')
  expect(open(sealed, 'corp_ticket of app 1')).toBeUndefined()
  expect(createSeal('another secret', 'tests').open(sealed, 'access_token of app 1')).toBeUndefined()
  expect(createSeal(secret, 'another purpose').open(sealed, 'access_token of app 1')).toBeUndefined()
})

test('the sealed text shows nothing and is never the same twice', () => {
  const [one, two] = [seal('AccessToken', ''), seal('AccessToken', '')]
  expect(one).not.toBe(two)
  expect(Buffer.from(one, 'base64url').toString('latin1')).not.toContain('AccessToken')
})

test('a changed bit, or rubbish, does not open', () => {
  const bytes = Buffer.from(seal('AccessToken', ''), 'base64url')
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1
  expect(open(bytes.toString('base64url'), '')).toBeUndefined()
  expect(open('rubbish', '')).toBeUndefined()
  expect(open('', '')).toBeUndefined()
})
