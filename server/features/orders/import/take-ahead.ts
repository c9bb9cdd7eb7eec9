const BLOCK = 1_000

/**
 * The same, taken as fast as it comes and kept in blocks. The reader of workbooks parses ahead of whoever waits for a row, and takes each row off the front of one
 * array, which costs the more the longer it grew meanwhile: a million rows beside a busy database took minutes. It holds no more than that array did.
 */
export async function* takeAhead<T>(rows: AsyncIterable<T>): AsyncGenerator<T> {
  const blocks: T[][] = []
  let filling: T[] = []
  let wake: () => void = () => undefined
  const state = { over: false, left: false, failure: undefined as unknown }
  const take = async () => {
    for await (const row of rows) {
      if (state.left) return
      filling.push(row)
      if (filling.length === BLOCK) {
        blocks.push(filling)
        filling = []
      }
      wake()
    }
  }
  void take()
    .catch((error: unknown) => (state.failure = error))
    .finally(() => {
      state.over = true
      wake()
    })
  try {
    for (;;) {
      const block = blocks.shift() ?? filling
      if (block === filling) filling = []
      yield* block
      if (block.length > 0) continue
      if (state.over) break
      await new Promise<void>((resolve) => (wake = resolve))
    }
    if (state.failure !== undefined) throw state.failure
  } finally {
    state.left = true
  }
}
