/** Steps on the screen: what is being done, and what it took. Rewrites its line on a terminal, writes one line per step elsewhere. */
export async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const begun = performance.now()
  const live = process.stdout.isTTY
  if (live) process.stdout.write(`  … ${name}`)
  const end = (mark: string) =>
    process.stdout.write(`${live ? '\r\x1b[K' : ''}  ${mark} ${name}  ${Math.round(performance.now() - begun)} ms\n`)
  try {
    const result = await work()
    end('✓')
    return result
  } catch (error) {
    end('✗')
    throw error
  }
}
