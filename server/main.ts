import { serve } from '@hono/node-server'
import type { Config } from './config.ts'
import type { Deps } from './context.ts'
import { connect, type DatabaseTarget, openPool } from './db/client.ts'
import { watchPeers } from './db/peers.ts'
import { createApp, healthApp } from './http/app.ts'
import { loadPages } from './http/pages.ts'
import { createSessions } from './http/session.ts'
import { beginFirstSync } from './features/sync/service.ts'
import { enqueue } from './jobs/enqueue.ts'
import { startWorker } from './jobs/worker.ts'
import { createLog, type Logger } from './log.ts'
import { createMetrics, serveMetrics } from './metrics.ts'
import { createModel } from './model/create.ts'
import { createWecom } from './wecom/client.ts'

export interface RunningServer {
  port: number
  deps: Deps
  /** Stops accepting, lets what is under way finish (at most four seconds with the drain), then lets go of the database. */
  close(): Promise<void>
}

/**
 * Builds what the process owns and listens. The database must be migrated. Demo and real run this same path. `jobs`
 * and `web` (default true): whether this process does the jobs and serves pages and API; without `web` it answers for its health alone.
 */
export async function startServer(
  config: Config,
  options: {
    database: DatabaseTarget
    listenPort?: number
    log?: Logger
    jobs?: boolean
    web?: boolean
    /** For so long it says that it ends and still serves, until whoever hands out requests has turned elsewhere. */
    drainMs?: number
  },
): Promise<RunningServer> {
  const log = options.log ?? createLog(config.logLevel)
  const { close: closeDatabase, ...database } = connect(options.database)
  const now = () => new Date()
  // Connections of its own: work that holds one while it waits for WeCom must not keep the token from being renewed.
  const credentials = openPool(options.database, 3)
  const peers = watchPeers(credentials)
  await peers.look()
  const metrics = config.metricsPort === undefined ? undefined : createMetrics(database.sql)
  const onCall = metrics && { onCall: metrics.wecomCall }
  const wecom = createWecom({ config, sql: credentials, now, log, peers: peers.count, ...onCall })
  metrics?.watchBudgets(wecom.budgetsLeft)
  const deps: Deps = { config, ...database, wecom, model: createModel(config), now, log }
  const worker = options.jobs === false ? undefined : await startWorker(deps, options.database)
  if (worker) {
    await beginFirstSync(deps)
    await enqueue(deps.sql, 'erasure.sweep', {}, { key: 'erasure.sweep' })
  }
  const sessions = await createSessions(deps)
  let ending = false
  const app =
    options.web === false ? healthApp(deps) : createApp(deps, sessions, await loadPages(), metrics, () => ending)
  const server = await new Promise<ReturnType<typeof serve>>((resolve, reject) => {
    const listening = serve({ fetch: app.fetch, port: options.listenPort ?? config.port }, () => resolve(listening))
    listening.once('error', reject)
  })
  const scraped = metrics && (await serveMetrics(metrics, config.metricsPort ?? 0))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : config.port,
    deps,
    close: async () => {
      ending = true
      await new Promise((resolve) => setTimeout(resolve, options.drainMs ?? 0))
      peers.close()
      scraped?.close()
      const drained = new Promise((done) => server.close(done))
      const patience = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), 3_400)
      if ('closeIdleConnections' in server) server.closeIdleConnections()
      await drained
      clearTimeout(patience)
      await Promise.all([sessions.close(), worker?.close()])
      await Promise.all([credentials.end({ timeout: 4 }), closeDatabase()])
    },
  }
}
