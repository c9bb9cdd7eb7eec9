import type { Context, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { getMe, signOut } from '#shared/session.ts'
import type { Actor, Deps } from '../context.ts'
import { readSelf } from '../features/members/service.ts'
import {
  beginSession,
  endSession,
  findSession,
  fingerprint,
  SESSION_ENDED,
  touch,
} from '../features/sessions/service.ts'
import { cacheReads } from '../per-process.ts'
import { type Env, mount } from './mount.ts'

export interface Sessions {
  /** Who this request comes from, by its cookie. */
  identify(c: Context<Env>): Promise<Actor>
  /** Signs the member in: a new session, and its cookie on the answer. */
  begin(userId: string, c: Context<Env>): Promise<void>
  /** Ends the request's session everywhere and clears its cookie. */
  end(c: Context<Env>): Promise<void>
  close(): Promise<void>
}

/** For how long a process trusts what it read about a session. A sign-out is told to all at once. */
const TRUST_MS = 3_000
const MOST_TRUSTED = 10_000
const TOUCH_AFTER_SECONDS = 60
const DAY_SECONDS = 86_400
const NOBODY: Actor = { kind: 'nobody' }

/** Sessions in the database behind an opaque cookie; every process hears of a session's end. */
export async function createSessions(deps: Deps): Promise<Sessions> {
  const cookie = sessionCookie(deps.config.publicUrl)
  /** By session id; `key` is what other processes call it. */
  const trusted = new Map<string, { key: string; actor: Actor; until: number }>()
  const underway = new Set<Promise<void>>()
  let endings = 0 // counts what was forgotten, so that a read begun before is not remembered after
  const forget = (key?: string) => {
    endings++
    for (const [id, known] of trusted) if (key === undefined || known.key === key) trusted.delete(id)
  }
  const ears = await deps.sql.listen(
    SESSION_ENDED,
    (ended) => forget(ended),
    () => forget(), // after a lost connection nobody knows what was missed
  )

  const idOf = (c: Context<Env>) => {
    const id = getCookie(c, cookie.name)
    return id && /^[\w-]{43}$/.test(id) ? id : undefined
  }

  async function read(id: string): Promise<Actor> {
    const known = trusted.get(id)
    if (known && known.until > performance.now()) {
      cacheReads.session.hits++
      return known.actor
    }
    cacheReads.session.misses++
    const begun = endings
    const row = await findSession(deps, id)
    if (!row) return NOBODY
    if (row.idleSeconds > TOUCH_AFTER_SECONDS) touchBehind(id)
    const actor: Actor = { kind: 'member', userId: row.userId, name: row.name }
    if (trusted.size >= MOST_TRUSTED) trusted.clear()
    if (begun === endings) trusted.set(id, { key: fingerprint(id), actor, until: performance.now() + TRUST_MS })
    return actor
  }

  /** Off the request's path: nobody waits for it, and a failure costs at most a shorter session. */
  function touchBehind(id: string): void {
    const touching = touch(deps, id)
      .catch((err: unknown) => deps.log.warn({ err }, 'session not touched'))
      .finally(() => underway.delete(touching))
    underway.add(touching)
  }

  return {
    identify: async (c) => {
      const id = idOf(c)
      return id ? await read(id) : NOBODY
    },
    begin: async (userId, c) => {
      const id = await beginSession(deps, userId)
      setCookie(c, cookie.name, id, { ...cookie.options, maxAge: DAY_SECONDS })
    },
    end: async (c) => {
      const id = idOf(c)
      deleteCookie(c, cookie.name, cookie.options)
      if (!id) return
      await endSession(deps, id)
      forget(fingerprint(id))
    },
    close: async () => {
      await ears.unlisten()
      await Promise.all(underway)
    },
  }
}

/** `__Host-` binds a cookie to this very host and to https, which a development address does not have. */
export function hostCookie(name: string, publicUrl: string) {
  const secure = publicUrl.startsWith('https:')
  return {
    name: secure ? `__Host-${name}` : name,
    options: { path: '/', httpOnly: true, secure, sameSite: 'Lax' },
  } as const
}

const sessionCookie = (publicUrl: string) => hostCookie('pangbai', publicUrl)

/** Who am I, and goodbye. */
export function sessionRoutes(app: Hono<Env>, deps: Deps, sessions: Sessions): void {
  mount(app, deps, getMe, readSelf)
  app.use(signOut.path, async (c, next) => {
    await next()
    if (c.res.ok) await sessions.end(c)
  })
  mount(app, deps, signOut, async () => ({ ok: true as const }))
}
