import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openPool } from '../server/db/client.ts'
import { startEmbeddedPostgres } from '../server/db/embedded.ts'
import { readStatus } from '../server/jobs/status.ts'
import { untilReady } from '../scripts/nodes/ready.ts'
import { freePort } from '../scripts/test/demo-process.ts'
import { wecomEnv } from '../server/testing/wecom-env.ts'
import type { Settings } from '../simulator/create.ts'
import type { Options } from './run.ts'
import { type Figures, round } from './lib/table.ts'

/** `npm start` against a pretend WeCom with a million customers: the whole first sync, its memory, and what WeCom refused. */
export async function measure({ small }: Options): Promise<Figures[]> {
  const customers = small ? 50_000 : 1_000_000
  const members = customers / 1_000
  const dataDir = mkdtempSync(join(tmpdir(), 'pangbai-bench-'))
  chmodSync(dataDir, 0o755)
  const wecom = spawn(
    process.execPath,
    ['--max-old-space-size=8192', 'bench/lib/big-wecom.ts', JSON.stringify({ customers, members })],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let server: ChildProcess | undefined
  try {
    const [line] = (await once(wecom.stdout, 'data')) as [Buffer]
    const settings = JSON.parse(String(line)) as Settings
    const [port, metricsPort] = [await freePort(), await freePort()]
    server = spawn(process.execPath, ['--max-semi-space-size=4', 'scripts/run.mjs', 'scripts/start.ts'], {
      stdio: 'ignore',
      env: {
        ...process.env,
        PORT: String(port),
        METRICS_PORT: String(metricsPort),
        DATA_DIR: dataDir,
        PUBLIC_URL: `http://127.0.0.1:${port}`,
        SESSION_SECRET: 'bench-bench-bench-bench-bench-bench',
        ...wecomEnv(settings),
        LOG_LEVEL: 'error',
      },
    })
    await untilReady(port, 120_000)
    const run = await finished(dataDir, server.pid ?? 0)
    const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
    const calls = [...metrics.matchAll(/^pangbai_wecom_calls_total\{api="([^"]+)",errcode="(-?\d+)"\} (\d+)/gm)]
    const sum = (some: typeof calls) => some.reduce((n, [, , , count]) => n + Number(count), 0)
    const row = {
      customers: run.customers,
      seconds: round(run.seconds),
      'customers/s': round(run.customers / run.seconds),
      'WeCom calls': sum(calls),
      'refused or unanswered': sum(calls.filter(([, , code]) => code !== '0')),
      'memory MB, first / last tenth': `${run.early} / ${run.late}`,
      'most memory MB': run.most,
    }
    const about = `npm start's first sync of ${members} members, pages of 100, database durable, everything on this machine`
    return [{ name: 'first-sync', about, rows: [row] }]
  } finally {
    if (server) {
      const gone = once(server, 'exit')
      server.kill('SIGTERM')
      await gone
    }
    wecom.kill('SIGKILL')
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function finished(dataDir: string, pid: number) {
  const postgres = await startEmbeddedPostgres({ dataDir })
  const sql = openPool(postgres.target, 1)
  const memory: number[] = []
  try {
    for (;;) {
      await pause(500)
      memory.push(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1000)
      const run = (await readStatus(sql)).sync.find(({ kind }) => kind === 'full')
      if (!run?.finishedAt) continue
      const tenth = Math.ceil(memory.length / 10)
      const mean = (some: number[]) => round(some.reduce((a, b) => a + b, 0) / some.length)
      return {
        customers: run.customers,
        seconds: (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000,
        early: mean(memory.slice(tenth, 2 * tenth)),
        late: mean(memory.slice(-tenth)),
        most: round(Math.max(...memory)),
      }
    }
  } finally {
    await sql.end()
    await postgres.stop()
  }
}
