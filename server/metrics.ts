import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Sql } from 'postgres'
import { cacheReads } from './per-process.ts'
import { readStatus } from './jobs/status.ts'

/** What one process counts for Prometheus. Labels are routes, APIs and codes: never an id of anybody. */
export interface Metrics {
  request(method: string, route: string, status: number, seconds: number): void
  wecomCall(api: string, errcode: number): void
  /** Where the calls left in WeCom's budgets are read from, by API. */
  watchBudgets(left: () => Record<string, number>): void
  /** The text Prometheus scrapes; what the database knows is read at that moment. */
  scrape(): Promise<string>
}

export function createMetrics(sql: Sql): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'pangbai_request_seconds',
    help: 'Requests by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 0.5, 1, 2.5, 5],
    registers,
  })
  const calls = new Counter({
    name: 'pangbai_wecom_calls_total',
    help: 'Exchanges with WeCom by API and errcode; -1000 is no answer.',
    labelNames: ['api', 'errcode'],
    registers,
  })
  const gauge = (name: string, help: string) => new Gauge({ name: `pangbai_${name}`, help, registers })
  const gauges = {
    queueJobs: gauge('queue_jobs', 'Jobs that wait or run.'),
    queueAge: gauge('queue_age_seconds', 'How long the oldest job that is due has waited.'),
    deadJobs: gauge('dead_jobs', 'Jobs that used up their attempts.'),
    inbox: gauge('inbox_waiting', 'Events stored and not yet applied.'),
    inboxAge: gauge('inbox_age_seconds', 'Age of the oldest of them.'),
    outbox: gauge('outbox_waiting', 'Changes WeCom has not got yet.'),
    outboxAge: gauge('outbox_age_seconds', 'Age of the oldest of them.'),
    refused: gauge('outbox_refused', 'Changes WeCom refused that nobody has read yet.'),
    differences: gauge('sync_differences', 'Rows that were not as we had them, in the last finished reconcile.'),
    customers: gauge('sync_customers', 'Customers read in the last finished full sync.'),
  }

  const budget = new Gauge({
    name: 'pangbai_wecom_budget_left',
    help: 'Calls this process may still make in the tightest window.',
    labelNames: ['api'],
    registers,
  })
  let budgetsLeft: () => Record<string, number> = () => ({})
  const cache = new Gauge({
    name: 'pangbai_cache_reads',
    help: 'Reads of what a process trusts for seconds, by cache and outcome, since it started.',
    labelNames: ['cache', 'outcome'],
    registers,
  })

  async function look(): Promise<void> {
    const { sync, queue, inbox, outbox, dead } = await readStatus(sql)
    const finished = sync.filter((run) => run.finishedAt !== null)
    for (const [api, left] of Object.entries(budgetsLeft())) budget.set({ api }, left)
    for (const [name, { hits, misses }] of Object.entries(cacheReads)) {
      cache.set({ cache: name, outcome: 'hit' }, hits)
      cache.set({ cache: name, outcome: 'miss' }, misses)
    }
    gauges.queueJobs.set(queue.jobs)
    gauges.queueAge.set(queue.oldestSeconds ?? 0)
    gauges.deadJobs.set(dead.length)
    gauges.inbox.set(inbox.waiting)
    gauges.inboxAge.set(inbox.oldestSeconds ?? 0)
    gauges.outbox.set(outbox.waiting)
    gauges.outboxAge.set(outbox.oldestSeconds ?? 0)
    gauges.refused.set(outbox.failed)
    gauges.differences.set(finished[0]?.differences ?? 0)
    gauges.customers.set(finished.find((run) => run.kind === 'full')?.customers ?? 0)
  }

  return {
    request: (method, route, status, seconds) => requests.observe({ method, route, status }, seconds),
    wecomCall: (api, errcode) => calls.inc({ api, errcode }),
    watchBudgets: (left) => void (budgetsLeft = left),
    scrape: async () => {
      await look()
      return await registry.metrics()
    },
  }
}

/** `/metrics` on a port of its own, for this machine alone: figures are not for whoever opens the sidebar. */
export async function serveMetrics(metrics: Metrics, port: number): Promise<{ port: number; close(): void }> {
  const server = createServer((request, answer) => {
    if (request.url !== '/metrics') return void answer.writeHead(404).end()
    metrics.scrape().then(
      (text) => answer.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text),
      () => answer.writeHead(503).end('database unreachable'),
    )
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
