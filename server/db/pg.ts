import pg from 'pg'
import { APP_ROLE, type DatabaseTarget } from './client.ts'

/**
 * Connections for the job queue, which has a driver of its own. A lost one shows where it is used, so `tell` is for the log alone.
 * End it with `end()`. `role` null: as the one who logs in.
 */
export function openQueuePool(
  target: DatabaseTarget,
  max: number,
  tell: (err: Error) => void = () => undefined,
  role: string | null = APP_ROLE,
): pg.Pool {
  const pool = new pg.Pool({ ...toPg(target), ...(role && { options: `-c role=${role}` }), max })
  pool.on('error', tell)
  pool.on('connect', (client) => client.on('error', tell))
  return pool
}

function toPg(target: DatabaseTarget): pg.PoolConfig {
  if (typeof target === 'string') return { connectionString: target }
  const { host, port, user, username, database, password } = target as Record<string, string | number | undefined>
  const config = { host, port, user: user ?? username, database, password }
  return Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined))
}
