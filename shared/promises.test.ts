import { describe, expect, test } from 'vitest'
import { type Case, KNOWN, UNSEEN } from './promises.cases.ts'
import { findPromises } from './promises.ts'

/** Tuesday, 2026-11-24, 14:00 in China. */
const NOW = new Date('2026-11-24T14:00:00+08:00')
const find = (text: string, now = NOW) => findPromises(text, now)[0]

/** Of what was found, what is one; of what is one, what was found, the task's words included. */
function measure(cases: Case[]) {
  const promises = cases.filter(([, title]) => title !== null)
  const found = cases.filter(([text]) => find(text))
  const right = promises.filter(([text, title]) => find(text)?.title === title)
  return { precision: right.length / found.length, recall: right.length / promises.length }
}
const wrong = (cases: Case[]) => cases.filter(([text, title]) => (find(text)?.title ?? null) !== title)

describe('what is a promise of ours and what is not', () => {
  test('the table is of 120 sentences and more, promises and not in like numbers', () => {
    const all = [...KNOWN, ...UNSEEN]
    const promises = all.filter(([, title]) => title !== null).length
    expect(all.length).toBeGreaterThan(150)
    expect(promises / all.length).toBeGreaterThan(0.4)
    expect(promises / all.length).toBeLessThan(0.6)
  })
  test('known sentences: none missed, none made up', () => expect(wrong(KNOWN)).toEqual([]))
  test('sentences it was not written beside: precision and recall of 0.95 at least', () => {
    const { precision, recall } = measure(UNSEEN)
    expect(precision).toBeGreaterThanOrEqual(0.95)
    expect(recall).toBeGreaterThanOrEqual(0.95)
  })
})

describe('until when', () => {
  test.for([
    ['明天发你', '2026-11-25 10:00', 'said'],
    ['周五前给答复', '2026-11-27 10:00', 'said'],
    ['下周三给您留货', '2026-12-02 10:00', 'said'],
    ['明天下午三点联系您', '2026-11-25 15:00', 'said'],
    ['明天上午，我把样图发您', '2026-11-25 10:00', 'said'],
    ['晚点把链接发您', '2026-11-24 18:00', 'soon'],
    ['晚上发您视频', '2026-11-24 19:00', 'soon'],
    ['这两天给您寄出', '2026-11-26 10:00', 'soon'],
    ['尽快给您答复', '2026-11-25 10:00', 'soon'],
    ['我帮您问下仓库', '2026-11-25 10:00', 'soon'],
    ['到货通知您', '2026-11-27 10:00', 'event'],
    ['有货了告诉你', '2026-11-27 10:00', 'event'],
  ])('%s', ([text, at, due]) => {
    const found = find(text!)
    expect([
      found && new Date(found.dueAt.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' '),
    ]).toEqual([at])
    expect(found?.due).toBe(due)
  })
  test('“later”, said at night, is for the next morning', () =>
    expect(find('晚点发您', new Date('2026-11-24T22:00:00+08:00'))?.dueAt.toISOString()).toBe(
      '2026-11-25T02:00:00.000Z',
    ))
})

test('each of several promises is found once, three at most', () => {
  const titles = findPromises('明天发您色卡，周五给您报价。到货通知您！到货通知您～后天给您寄出', NOW).map(
    ({ title }) => title,
  )
  expect(titles).toEqual(['明天发客户色卡', '周五给客户报价', '到货通知客户'])
})
test('a long text costs nothing worth speaking of', () => {
  const began = performance.now()
  findPromises('明天发您色卡，周五给您报价，客户让我们明天发货。'.repeat(160).slice(0, 4000), NOW)
  expect(performance.now() - began).toBeLessThan(500)
})
