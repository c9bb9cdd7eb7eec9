import { createHash } from 'node:crypto'
import type { Sql, TransactionSql } from 'postgres'
import type { WecomConfig } from '../config.ts'
import type { Logger } from '../log.ts'
import { createSeal } from './seal.ts'

export type CredentialKind = 'access_token' | 'corp_ticket' | 'agent_ticket'

/** A token or ticket as WeCom issued it; `lifetime` in seconds. */
export interface Issued {
  value: string
  lifetime: number
}

export interface Credentials {
  /**
   * The credential in force. `refused`: the value WeCom has just turned down; a new one is fetched only
   * if the shared one is still that one.
   */
  get(kind: CredentialKind, refused?: string): Promise<string>
}

interface Held {
  value: string
  /** On this process's monotonic clock, in milliseconds: the wall clocks of machines may differ. */
  until: number
}

const LOCK = 7_261_002
const LOCK_NUMBER = { access_token: 1, corp_ticket: 2, agent_ticket: 3 } as const

/**
 * One token and two tickets for all processes, kept sealed in `wecom_credentials`. Within a process concurrent callers share
 * one flight; between processes an advisory lock lets one fetch while the others wait and then read what it stored.
 * `sql` is best a pool of its own: three connections always suffice, while a pool whose every connection waits in a transaction
 * for WeCom would never hand out the one that renews the token.
 */
export function createCredentials(options: {
  sql: Sql
  sessionSecret: string
  wecom: WecomConfig
  log: Logger
  issue: (kind: CredentialKind) => Promise<Issued>
}): Credentials {
  const { sql, wecom, log, issue } = options
  const seal = createSeal(options.sessionSecret, 'pangbai wecom credentials')
  const app = createHash('sha256').update(`${wecom.corpId}\n${wecom.agentId}\n${wecom.secret}`).digest('hex')
  const context = (kind: CredentialKind) => `${kind} of ${app}`
  const held = new Map<CredentialKind, Held>()
  const flights = new Map<CredentialKind, Promise<string>>()

  async function get(kind: CredentialKind, refused?: string): Promise<string> {
    const mine = held.get(kind)
    if (mine && mine.value !== refused && mine.until > performance.now()) return mine.value
    const underway = flights.get(kind)
    if (!underway) return await takeOff(kind, refused)
    const value = await underway
    return value === refused ? await get(kind, refused) : value
  }

  function takeOff(kind: CredentialKind, refused?: string): Promise<string> {
    const flight = renew(kind, refused).finally(() => flights.delete(kind))
    flights.set(kind, flight)
    return flight
  }

  async function renew(kind: CredentialKind, refused?: string): Promise<string> {
    const stored = await read(sql, kind)
    if (stored && stored.value !== refused) return keep(kind, stored)
    return await sql.begin(async (tx) => {
      await tx`set local lock_timeout = '20s'`
      await tx`select pg_advisory_xact_lock(${LOCK}, ${LOCK_NUMBER[kind]})`
      const theirs = await read(tx, kind)
      if (theirs && theirs.value !== refused) return keep(kind, theirs)
      const issued = await issue(kind)
      const seconds = usable(issued.lifetime)
      await store(tx, kind, issued.value, seconds)
      log.info({ kind, seconds }, 'wecom credential renewed')
      return keep(kind, { value: issued.value, seconds })
    })
  }

  function keep(kind: CredentialKind, { value, seconds }: { value: string; seconds: number }): string {
    held.set(kind, { value, until: performance.now() + seconds * 1000 })
    return value
  }

  async function read(
    on: Sql | TransactionSql,
    kind: CredentialKind,
  ): Promise<{ value: string; seconds: number } | undefined> {
    const [row] = await on<{ sealed: string; seconds: number }[]>`
      select sealed, extract(epoch from expires_at - clock_timestamp())::float8 as seconds
      from wecom_credentials where kind = ${kind} and expires_at > clock_timestamp()`
    const value = row && seal.open(row.sealed, context(kind))
    return value === undefined ? undefined : { value, seconds: row?.seconds ?? 0 }
  }

  async function store(on: TransactionSql, kind: CredentialKind, value: string, seconds: number): Promise<void> {
    await on`
      insert into wecom_credentials (kind, sealed, issued_at, expires_at)
      values (${kind}, ${seal.seal(value, context(kind))}, clock_timestamp(),
        clock_timestamp() + make_interval(secs => ${seconds}))
      on conflict (kind) do update
      set sealed = excluded.sealed, issued_at = excluded.issued_at, expires_at = excluded.expires_at`
  }

  return { get }
}

/** Renewed five minutes early, or a tenth of its life where WeCom hands out one that is nearly over. */
const usable = (lifetime: number) => lifetime - Math.min(300, lifetime / 10)
