import { hash as digest, randomBytes } from 'node:crypto'
import type { Deps } from '../../context.ts'
import {
  deleteSession,
  deleteSessionsOf,
  insertLoginState,
  insertSession,
  selectSignedIn,
  selectSession,
  type SessionRow,
  takeLoginState,
  touchSession,
} from './queries.ts'

type Needs = Pick<Deps, 'db'>

/** What every process listens to: the hex hash of a session that has just ended. */
export const SESSION_ENDED = 'pangbai_session_ended'

const hash = (text: string) => digest('sha256', text, 'buffer')

/** A name for a session that may be logged and kept: the id cannot be found from it. */
export const fingerprint = (sessionId: string): string => hash(sessionId).toString('hex')

/** Starts a session and answers its id: 256 random bits, base64url. Only the hash is kept. */
export async function beginSession({ db }: Needs, userId: string): Promise<string> {
  const id = randomBytes(32).toString('base64url')
  await insertSession(db, hash(id), userId)
  return id
}

/** Who the session belongs to; undefined when it has ended or never was. */
export const findSession = ({ db }: Needs, id: string): Promise<SessionRow | undefined> => selectSession(db, hash(id))

/** Notes that the session is in use. */
export const touch = ({ db }: Needs, id: string): Promise<void> => touchSession(db, hash(id))

/** Ends the session here, and tells every process to forget it. */
export async function endSession({ db, sql }: Pick<Deps, 'db' | 'sql'>, id: string): Promise<void> {
  await deleteSession(db, hash(id))
  await sql.notify(SESSION_ENDED, fingerprint(id))
}

/** Begins an OAuth round trip for one browser. Answers the state: 128 random bits, hex, since WeCom takes letters and digits only. */
export async function beginLogin({ db }: Needs, login: { browser: string; returnPath: string }): Promise<string> {
  const state = randomBytes(16).toString('hex')
  const hashes = { stateHash: hash(state), browserHash: hash(login.browser) }
  await insertLoginState(db, { ...hashes, returnPath: login.returnPath })
  return state
}

/** The way back of a round trip, once, within five minutes, and only for the browser that began it. */
export const finishLogin = ({ db }: Needs, login: { state: string; browser: string }): Promise<string | undefined> =>
  takeLoginState(db, hash(login.state), hash(login.browser))

/** Ends all sessions of a member who may no longer come in, in every process. */
export async function endSessionsOf({ db, sql }: Pick<Deps, 'db' | 'sql'>, userId: string): Promise<void> {
  for (const key of await deleteSessionsOf(db, userId)) await sql.notify(SESSION_ENDED, key)
}

/** The members who are signed in now. */
export const signedIn = ({ db }: Needs): Promise<string[]> => selectSignedIn(db)
