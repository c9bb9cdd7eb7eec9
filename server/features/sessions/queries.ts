import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'

/* Times are the database's: the clocks of several servers may differ. */
const IDLE = sql.raw(`interval '8 hours'`)
const ABSOLUTE = sql.raw(`interval '24 hours'`)

export interface SessionRow {
  userId: string
  name: string
  /** Seconds since it was last noted as used. */
  idleSeconds: number
}

export async function insertSession(db: Db, idHash: Buffer, userId: string): Promise<void> {
  await db.execute(sql`delete from sessions where user_id = ${userId}
    and (expires_at <= clock_timestamp() or last_seen_at <= clock_timestamp() - ${IDLE})`)
  await db.execute(sql`insert into sessions (id_hash, user_id, created_at, last_seen_at, expires_at)
    values (${idHash}, ${userId}, clock_timestamp(), clock_timestamp(), clock_timestamp() + ${ABSOLUTE})`)
}

/** The session of an active member, unless idle for eight hours or older than a day. */
export async function selectSession(db: Db, idHash: Buffer): Promise<SessionRow | undefined> {
  const [row] = await db.execute<{ user_id: string; name: string; idle: number }>(sql`
    select s.user_id, m.name, extract(epoch from clock_timestamp() - s.last_seen_at)::float8 as idle
    from sessions s join members m on m.user_id = s.user_id and m.status = 1
    where s.id_hash = ${idHash} and s.expires_at > clock_timestamp()
      and s.last_seen_at > clock_timestamp() - ${IDLE}`)
  return row && { userId: row.user_id, name: row.name, idleSeconds: row.idle }
}

export async function touchSession(db: Db, idHash: Buffer): Promise<void> {
  await db.execute(sql`update sessions set last_seen_at = clock_timestamp()
    where id_hash = ${idHash} and last_seen_at < clock_timestamp() - interval '1 minute'`)
}

export async function deleteSession(db: Db, idHash: Buffer): Promise<void> {
  await db.execute(sql`delete from sessions where id_hash = ${idHash}`)
}

/** Ends every session of a member; the hex hashes of what ended. WeCom's userids differ in case at times. */
export async function deleteSessionsOf(db: Db, userId: string): Promise<string[]> {
  const rows = await db.execute<{ hash: string }>(sql`
    delete from sessions where lower(user_id) = lower(${userId}) returning encode(id_hash, 'hex') as hash`)
  return rows.map((row) => row.hash)
}

/** Whoever has a session that still opens something. */
export async function selectSignedIn(db: Db): Promise<string[]> {
  const rows = await db.execute<{ user_id: string }>(sql`
    select distinct user_id from sessions
    where expires_at > clock_timestamp() and last_seen_at > clock_timestamp() - ${IDLE}`)
  return rows.map((row) => row.user_id)
}

/** Sweeps what has expired, then stores the new one for five minutes. */
export async function insertLoginState(
  db: Db,
  login: { stateHash: Buffer; browserHash: Buffer; returnPath: string },
): Promise<void> {
  await db.execute(sql`delete from login_states where expires_at <= clock_timestamp()`)
  await db.execute(sql`insert into login_states (state_hash, browser_hash, return_path, expires_at)
    values (${login.stateHash}, ${login.browserHash}, ${login.returnPath}, clock_timestamp() + interval '5 minutes')`)
}

/** One use: the row goes as it is read. A state from another browser finds nothing and spoils nothing. */
export async function takeLoginState(db: Db, stateHash: Buffer, browserHash: Buffer): Promise<string | undefined> {
  const [row] = await db.execute<{ return_path: string; alive: boolean }>(sql`
    delete from login_states where state_hash = ${stateHash} and browser_hash = ${browserHash}
    returning return_path, expires_at > clock_timestamp() as alive`)
  return row?.alive ? row.return_path : undefined
}
