import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { Sql } from 'postgres'
import type { EmbeddedPostgres } from '../../server/db/embedded.ts'

export const SIGNED_IN = 64

/** Sessions straight into the table: signing in is not what is measured. */
export async function signIn(sql: Sql): Promise<string[]> {
  const ids = Array.from({ length: SIGNED_IN }, () => randomBytes(32).toString('base64url'))
  for (const [member, id] of ids.entries()) {
    const hash = createHash('sha256').update(id).digest()
    await sql`insert into sessions (id_hash, user_id, created_at, last_seen_at, expires_at)
      values (${hash}, ${String(member)}, now(), now(), now() + interval '1 day')`
  }
  return ids.map((id) => `pangbai=${id}`)
}

/** The app under load, in a process of its own; see card-server.ts. */
export async function startCardServer(
  postgres: EmbeddedPostgres,
): Promise<{ child: ChildProcess; app: number; bare: number }> {
  const argument = JSON.stringify({ database: postgres.target, bytes: 3_000 })
  const child = spawn(process.execPath, ['bench/lib/card-server.ts', argument], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, ...(JSON.parse(String(line)) as { app: number; bare: number }) }
}
