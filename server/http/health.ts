import type { Hono } from 'hono'
import type { Deps } from '../context.ts'
import type { Env } from './mount.ts'

const PATIENCE_MS = 1_000

/** `/healthz`: the process is alive. `/readyz`: it can serve, that is, the database answers within a second and the process is not `ending`. */
export function health(
  app: Hono<Env>,
  { sql, log }: Pick<Deps, 'sql' | 'log'>,
  ending: () => boolean = () => false,
): void {
  app.get('/healthz', (c) => c.json({ status: 'alive' }, 200, NO_STORE))
  app.get('/readyz', async (c) => {
    if (ending()) return c.json({ status: 'unready', code: 'ending' }, 503, NO_STORE)
    const asked = sql`select 1`.then(
      () => undefined,
      (err: unknown) => {
        log.warn({ err }, 'database does not answer')
        return 'database_unreachable'
      },
    )
    const problem = await Promise.race([asked, after(PATIENCE_MS, 'database_slow')])
    return problem
      ? c.json({ status: 'unready', code: problem }, 503, NO_STORE)
      : c.json({ status: 'ready' }, 200, NO_STORE)
  })
}

const NO_STORE = { 'cache-control': 'no-store' }

const after = <T>(ms: number, value: T): Promise<T> =>
  new Promise((resolve) => void setTimeout(() => resolve(value), ms).unref())
