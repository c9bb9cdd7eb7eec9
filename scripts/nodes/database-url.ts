import type { DatabaseTarget } from '#server/db/client.ts'

/** The same database as a URL, for another process. A socket's folder stands where a host would, percent-encoded. */
export function databaseUrl(target: DatabaseTarget): string {
  if (typeof target === 'string') return target
  const { host, port, user, database, password } = target as Record<string, string | number | undefined>
  const login = `${encodeURIComponent(String(user))}${password === undefined ? '' : `:${encodeURIComponent(String(password))}`}`
  return `postgres://${login}@${encodeURIComponent(String(host))}:${port}/${database}`
}
