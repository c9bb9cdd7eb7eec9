import postgres, { type Sql } from 'postgres'
import { type Binaries, prepareBinaries } from './embedded/binaries.ts'
import { ensureCluster } from './embedded/cluster.ts'
import { listenFlags, password, type SocketTarget, targetOf } from './embedded/endpoint.ts'
import { EmbeddedPostgresError } from './embedded/error.ts'
import { type Home, openHome } from './embedded/home.ts'
import { sharedBuffers } from './embedded/memory.ts'
import { adopt, LAUNCHER, me, ownerOf } from './embedded/owner.ts'
import { disownStale, findPostmaster, lastWords, launch, type Postmaster } from './embedded/postmaster.ts'
import { stopPostmaster } from './embedded/stop.ts'
import { supervise } from './embedded/supervise.ts'

const DATABASE = 'pangbai'

export interface EmbeddedOptions {
  /** The data lives in `postgres/` under it. */
  dataDir: string
  /** Postgres settings, `name: value`, beside those that decide where it listens. */
  settings?: Record<string, string>
  /** Throw-away data (tests) need not reach the disk. */
  sync?: boolean
  /** A `native` folder other than the installed package's. */
  native?: string
  log?: (line: string) => void
}

export interface EmbeddedPostgres {
  /** The application's database, for `connect()`. */
  target: SocketTarget
  /** Another database of the same server. */
  targetFor(database: string): SocketTarget
  /** Whether it was already running: another process's, or left behind by one that was killed. */
  adopted: boolean
  pid: number
  /** Ends Postgres if this process owns it; leaves it to its owner otherwise. Close all connections first. */
  stop(): Promise<void>
}

/**
 * A real Postgres under `dataDir`, made on first use, adopted when it already runs. No install script, no container.
 * Throws EmbeddedPostgresError with a sentence that says what to do.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => undefined)
  const home = openHome(options.dataDir, log)
  const binaries = prepareBinaries(home, options.native)
  await ensureCluster(home, binaries, { password: password(home), sync: options.sync ?? true })
  const settings = { shared_buffers: sharedBuffers(), log_timezone: 'UTC', [LAUNCHER]: me(), ...options.settings }
  const { postmaster, launcher } = await run(home, binaries, settings)
  if (!ownerOf(home, launcher)) adopt(home)
  await ensureDatabase(targetOf(home, postmaster, 'postgres'))
  const owned = () => ownerOf(home, launcher) === me()
  const revive = async () => void (await run(home, binaries, settings))
  const watch = supervise(() => owned() && !findPostmaster(home), revive, log)
  return {
    target: targetOf(home, postmaster, DATABASE),
    targetFor: (database) => targetOf(home, postmaster, database),
    adopted: launcher !== me(),
    pid: postmaster.pid,
    stop: async () => {
      await watch.stop()
      if (owned()) await stopPostmaster(home, binaries)
    },
  }
}

type Running = { postmaster: Postmaster; launcher: string }

/**
 * Adopts or launches, until it answers. Of two starters at once one loses the race for the lock file, sees its own
 * Postgres end, and adopts the other's. One that is shutting down is waited for.
 */
async function run(home: Home, binaries: Binaries, settings: Record<string, string>): Promise<Running> {
  let child: ReturnType<typeof launch> | undefined
  let launches = 0
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await pause(10)) {
    const postmaster = findPostmaster(home)
    if (postmaster) {
      const launcher = await launcherOf(targetOf(home, postmaster, 'postgres'))
      if (launcher !== undefined) return { postmaster, launcher }
    } else if (!child || child.over()) {
      if (launches++ === 3) break
      disownStale(home)
      const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
      child = launch(home, binaries, [...(await listenFlags(home)), ...flags])
    }
  }
  const why = lastWords(home)
  throw new EmbeddedPostgresError(
    'start_failed',
    `内置 PostgreSQL 没有启动。 The embedded database did not start:\n${why}`,
  )
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const connectOnce = (target: SocketTarget): Sql =>
  postgres({ ...target, max: 1, connect_timeout: 2, onnotice: () => undefined })

/** Who launched the Postgres that answers there; undefined while none does. */
async function launcherOf(target: SocketTarget): Promise<string | undefined> {
  const sql = connectOnce(target)
  try {
    const [row] = await sql<{ launcher: string | null }[]>`select current_setting(${LAUNCHER}, true) as launcher`
    return row?.launcher ?? ''
  } catch {
    return undefined // not yet: the caller asks again until its deadline
  } finally {
    await sql.end({ timeout: 1 })
  }
}

async function ensureDatabase(target: SocketTarget): Promise<void> {
  const sql = connectOnce(target)
  try {
    const found = await sql`select 1 from pg_database where datname = ${DATABASE}`
    if (found.length === 0) await sql`create database ${sql(DATABASE)}`
  } catch (error) {
    const twin = ['42P04', '23505'] // the other of two starters has just made it
    if (!(error instanceof postgres.PostgresError && twin.includes(error.code))) throw error
  } finally {
    await sql.end({ timeout: 1 })
  }
}
