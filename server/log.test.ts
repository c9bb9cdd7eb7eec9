import { expect, test } from 'vitest'
import { createLog } from './log.ts'

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  let lines = ''
  write(createLog('trace', { write: (line) => (lines += line) }))
  return lines
}

test('a database error tells what went wrong, never whose row it was', () => {
  const error = Object.assign(new Error('value too long'), {
    query: `update follows set remark = '王女士 学区房'`,
    parameters: ['王女士 学区房'],
    args: ['王女士 学区房'],
  })
  const line = logged((log) => log.error({ err: error }, 'request failed'))
  expect(line).toContain('value too long')
  expect(line).not.toContain('王女士')
})

test('credentials and mobile numbers are blanked out wherever they hide', () => {
  const line = logged((log) =>
    log.info({ url: 'x?access_token=SECRETTOKEN', deep: { note: ['电话13812345521'] } }, 'secret=abc'),
  )
  expect(line).not.toMatch(/SECRETTOKEN|13812345521|secret=abc/)
})

test('a model’s key is blanked out in every form it is written in', () => {
  const key = 'sk-canary-0123456789'
  const line = logged((log) =>
    log.info(
      { headers: { authorization: `Bearer ${key}` }, ASSISTANT_API_KEY: key, deep: JSON.stringify({ apiKey: key }) },
      `api_key=${key} Authorization: Bearer ${key}`,
    ),
  )
  expect(line).not.toContain(key)
})
