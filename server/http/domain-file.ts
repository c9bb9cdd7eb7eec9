import type { Hono } from 'hono'
import type { Deps } from '../context.ts'
import type { Env } from './mount.ts'

/** `/WW_verify_<code>.txt`: proves to WeCom's console that the domain is ours. Only where it is set, and only that one. */
export function domainFile(app: Hono<Env>, { config }: Pick<Deps, 'config'>): void {
  const code = config.domainVerify
  if (code !== undefined) app.get(`/WW_verify_${code}.txt`, (c) => c.text(code))
}
