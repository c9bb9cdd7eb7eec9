import { expect, test } from 'vitest'
import { safeReturnPath } from './return-path.ts'

const US = 'https://pangbai.example.com'

const ATTACKS = [
  '//evil.com',
  '//evil.com/sidebar',
  '///evil.com',
  '/\\evil.com',
  '\\\\evil.com',
  '/\\/evil.com',
  'https:evil.com',
  'https://evil.com/',
  'https://pangbai.example.com.evil.com/',
  'https://pangbai.example.com@evil.com/',
  'https://user:pass@pangbai.example.com/sidebar',
  'https://pangbai.example.com:8443/sidebar',
  '//pangbai.example.com:8443/sidebar',
  'http://pangbai.example.com/sidebar',
  'javascript:alert(1)',
  'data:text/html,x',
  '/sidebar%0d%0aSet-Cookie:%20a=b',
  '/sidebar%0a',
  '/sidebar%0D',
  '/sidebar\r\nSet-Cookie: a=b',
  '/\t/evil.com',
  '/%5cevil.com',
  '/.//evil.com',
  '/..//evil.com',
  '/%2e//evil.com',
  '/%2e%2e//evil.com',
  '/sidebar/..//evil.com',
  'sidebar',
  '?next=//evil.com',
  ' /sidebar',
  '/auth/login',
  '/auth/callback?code=x',
  '/api/me',
  '/sidebar/../auth/login',
]

test.for(ATTACKS)('%j is not a way back', (given) => {
  expect(safeReturnPath(given, US)).toBeUndefined()
})

test.for([
  ['/sidebar', '/sidebar'],
  ['/sidebar?entry=single_chat_tools&kw=%E5%BC%A0', '/sidebar?entry=single_chat_tools&kw=%E5%BC%A0'],
  ['/sidebar?next=//evil.com', '/sidebar?next=//evil.com'],
  ['/sidebar#/orders', '/sidebar'],
  ['/@evil.com', '/@evil.com'],
  ['', '/sidebar'],
  [undefined, '/sidebar'],
] as const)('%j leads back to %j', ([given, path]) => {
  expect(safeReturnPath(given, US)).toBe(path)
})

test('whatever is let through ends on our own origin in a browser', () => {
  const given = [...ATTACKS, '/sidebar?x=1', '/a//b', '/sidebar;//evil', '/@evil.com', '/:@evil.com', '/;/evil.com']
  const paths = given.map((path) => safeReturnPath(path, US)).filter((path) => path !== undefined)
  const origins = paths.map((path) => new URL(path, `${US}/auth/callback`).origin)
  expect(origins).toEqual(Array.from({ length: 6 }, () => US))
})
