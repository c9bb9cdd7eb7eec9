import autocannon from 'autocannon'
import { round } from './table.ts'

const MIX = 400

export interface Target {
  url: string
  /** One request of the mix. */
  next: () => { path: string; headers?: Record<string, string> }
}

/** Requests per second and latency (ms) at so many connections, after a second's warm-up. Throws when any answer was not 2xx. */
export async function load(
  target: Target,
  connections: number,
  seconds: number,
): Promise<{ rps: number; p50: number; p99: number }> {
  // Made beforehand: a generator that builds each request as it goes would be what is measured.
  const mix = Array.from({ length: MIX }, () => ({ method: 'GET' as const, ...target.next() }))
  const run = (duration: number) =>
    autocannon({
      url: target.url,
      connections,
      duration,
      requests: mix,
    })
  await run(1)
  const result = await run(seconds)
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} answers were not 2xx, ${result.errors} errors`)
  return { rps: round(result.requests.average), p50: round(result.latency.p50, 1), p99: round(result.latency.p99, 1) }
}
