import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { takeAhead } from './take-ahead.ts'

test('all rows come in their order, however slowly they are asked for', async () => {
  async function* rows() {
    for (let n = 0; n < 2_500; n += 1) yield n
  }
  const found: number[] = []
  for await (const n of takeAhead(rows())) {
    found.push(n)
    if (n % 700 === 0) await pause(5)
  }
  expect(found).toEqual(Array.from({ length: 2_500 }, (_, n) => n))
})

test('what is wrong with the file is told after the rows before it', async () => {
  async function* broken() {
    yield 1
    yield 2
    await pause(1)
    throw new Error('damaged')
  }
  const found: number[] = []
  const read = async () => {
    for await (const n of takeAhead(broken())) found.push(n)
  }
  await expect(read()).rejects.toThrow('damaged')
  expect(found).toEqual([1, 2])
})

test('whoever leaves early ends the reading', async () => {
  let [made, ended] = [0, false]
  async function* endless() {
    try {
      for (;;) {
        await pause(1)
        yield (made += 1)
      }
    } finally {
      ended = true
    }
  }
  for await (const n of takeAhead(endless())) if (n === 3) break
  await expect.poll(() => ended).toBe(true)
  const then = made
  await pause(20)
  expect(made).toBe(then)
})
