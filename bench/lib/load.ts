import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { round } from './table.ts'

const MIX = 400
const WRK = '/usr/bin/wrk'

/** wrk where it is installed, as pgbench: a generator in JavaScript takes half a core from what it measures. */
export const GENERATOR = existsSync(WRK) ? 'wrk' : 'autocannon'

export interface Target {
  url: string
  /** One request of the mix. */
  next: () => { path: string; headers?: Record<string, string> }
}

export interface Load {
  rps: number
  /** Milliseconds. */
  p50: number
  p99: number
}

/** Requests per second and latency at so many connections, after a second's warm-up. Throws when any answer was not 2xx. */
export async function load(target: Target, connections: number, seconds: number): Promise<Load> {
  // Made beforehand: a generator that builds each request as it goes would be what is measured.
  const mix = Array.from({ length: MIX }, () => ({ method: 'GET' as const, ...target.next() }))
  const run = GENERATOR === 'wrk' ? runWrk : runAutocannon
  await run(target.url, mix, connections, 1)
  return await run(target.url, mix, connections, seconds)
}

type Mix = { method: 'GET'; path: string; headers?: Record<string, string> }[]

async function runAutocannon(url: string, requests: Mix, connections: number, duration: number): Promise<Load> {
  const result = await autocannon({ url, connections, duration, requests })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} answers were not 2xx, ${result.errors} errors`)
  return { rps: round(result.requests.average), p50: round(result.latency.p50, 1), p99: round(result.latency.p99, 1) }
}

async function runWrk(url: string, mix: Mix, connections: number, seconds: number): Promise<Load> {
  const folder = mkdtempSync(join(tmpdir(), 'pangbai-wrk-'))
  const script = join(folder, 'mix.lua')
  const request = ({ path, headers = {} }: Mix[number]) => {
    const lines = Object.entries(headers).map(([name, value]) => `[${JSON.stringify(name)}]=${JSON.stringify(value)}`)
    return `wrk.format("GET", ${JSON.stringify(path)}, {${lines.join()}})`
  }
  writeFileSync(
    script,
    `local mix = {}
local at = 0
init = function() mix = {${mix.map(request).join(',')}} end
request = function() at = at % #mix + 1; return mix[at] end
done = function(s, l, r)
  print(string.format('{"rps":%f,"p50":%f,"p99":%f,"bad":"%d status, %d connect, %d read, %d write, %d timeout"}', s.requests / s.duration * 1e6, l:percentile(50) / 1e3,
    l:percentile(99) / 1e3, s.errors.status, s.errors.connect, s.errors.read, s.errors.write, s.errors.timeout))
end
`,
  )
  try {
    const threads = connections > 1 ? '2' : '1'
    const options = ['-t', threads, '-c', String(connections), '-d', `${seconds}s`, '-s', script, url]
    const line = execFileSync(WRK, options, { encoding: 'utf8' }).trim().split('\n').at(-1) ?? ''
    const found = JSON.parse(line) as Load & { bad: string }
    if (/[1-9]/.test(found.bad)) throw new Error(`requests failed: ${found.bad}`)
    return { rps: round(found.rps), p50: round(found.p50, 1), p99: round(found.p99, 1) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
