import { CALLBACK_PATH } from '#server/http/callback.ts'
import { createLog } from '#server/log.ts'
import type { Config } from '#server/config.ts'
import { migrateDatabase } from '#server/db/migrate.ts'
import { startServer } from '#server/main.ts'
import type { Closers } from './closers.ts'
import { openDatabase } from './database.ts'
import { startPretendWecom, stockShop, withPretendWecom } from './demo.ts'
import { buildPages, pagesAreOld } from './pages.ts'
import { step } from './progress.ts'
import { refuseBusyPort } from './refusal.ts'

export interface Journal {
  write(line: string): unknown
}

/** What this process does: pages and API, jobs, or both. */
export type Role = 'all' | 'web' | 'worker'

/** Proxies look for readiness about this often; alone there is nobody to turn to. */
const DRAIN_MS = 700

/** How long each may take to end, in ms; five seconds in all. Postgres ends itself within its share. */
const PATIENCE = { server: 1_500, pretend: 500, database: 2_800, serverAlone: 4_300 }

/**
 * Everything in order, each step on the screen; what was opened is left with `closers`, also when a later step fails.
 * Stops between two steps once `signal` says so. Returns the address to open.
 */
export async function startAll(
  config: Config,
  journal: Journal,
  closers: Closers,
  signal: AbortSignal,
  role: Role = 'all',
): Promise<string> {
  const say = (line: string) => void journal.write(`${line}\n`)
  const next = <T>(name: string, work: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted()
    return step(name, work)
  }
  await refuseBusyPort(config.port)
  const pages = pagesAreOld() ? buildPages(signal) : undefined
  pages?.catch(() => undefined) // awaited below: it builds while the database starts
  const database = await next(config.database ? 'PostgreSQL' : '内置 embedded PostgreSQL', () =>
    openDatabase(config, say),
  )
  closers.add(PATIENCE.database, database.close)
  await next('建表 migrations', () => migrateDatabase(config.databaseOwner ?? database.target, database.target))
  const pretend =
    config.mode === 'demo' ? await next('模拟企业微信 pretend WeCom', () => startPretendWecom(config, say)) : undefined
  if (pretend) closers.add(PATIENCE.pretend, () => pretend.close())
  if (pages) await next('网页 web pages', () => pages)
  const server = await next('服务 server', () =>
    pretend
      ? startServer(withPretendWecom(config, pretend), {
          database: database.target,
          listenPort: 0,
          log: createLog(config.logLevel, journal),
          jobs: role !== 'web',
        })
      : startServer(config, {
          database: database.target,
          jobs: role !== 'web',
          web: role !== 'worker',
          drainMs: role === 'web' ? DRAIN_MS : 0,
        }),
  )
  closers.add(config.database ? PATIENCE.serverAlone : PATIENCE.server, () => server.close())
  if (pretend) {
    const upstream = `http://127.0.0.1:${server.port}`
    pretend.setUpstream(upstream)
    const { callbackToken: token, callbackAesKey: aesKey } = pretend.settings
    pretend.setCallback({ url: `${upstream}${CALLBACK_PATH}`, token, aesKey })
    await next('店铺 shop', () => stockShop(server, say))
  }
  return config.publicUrl
}
