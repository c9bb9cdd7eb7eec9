import { expect, test } from 'vitest'
import { createMessages } from './messages.ts'

const sent: { body: { textcard: { title: string; description: string }; enable_duplicate_check: number } }[] = []
const { sendCard } = createMessages(
  (async (_api: unknown, _schema: unknown, request: (typeof sent)[number]) => {
    sent.push(request)
    return {}
  }) as never,
  1000002,
)

test('words that look like HTML are words, and the longest ones fit WeCom’s limits with their tags whole', async () => {
  const long = '<b>&'.repeat(400)
  await sendCard({ to: 'rep-a', title: long, small: long, strong: long, url: 'https://pangbai.test/sidebar' })
  const { title, description } = sent[0]!.body.textcard
  expect([...title].length).toBe(128)
  expect([...description].length).toBeLessThanOrEqual(512)
  expect(description).toMatch(/^<div class="gray">[^<>&]+<\/div><div class="highlight">[^<>&]+<\/div>$/)
})

test('the same card twice is shown once by WeCom', () => {
  expect(sent[0]!.body.enable_duplicate_check).toBe(1)
})
