import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Binaries } from './binaries.ts'
import { EmbeddedPostgresError } from './error.ts'
import type { Home } from './home.ts'
import { isRunning } from './processes.ts'
import { handOver } from './service-user.ts'

/** UTF-8 by Postgres' own locale provider: the machine's locale, even a broken one, has no say. */
const ENCODING = ['-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']

/** What a child of ours sees of the environment: nothing that could point Postgres elsewhere. */
export const cleanEnv = (): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  SYSTEMROOT: process.env['SYSTEMROOT'],
  LC_ALL: 'C',
  TZ: 'UTC',
})

/**
 * Makes the cluster unless there is one. It is made in a folder of its own, synced, then renamed: a crash half way, or
 * two starters at once, leave either no cluster or a whole one. Returns whether this call made it.
 */
export async function ensureCluster(
  home: Home,
  binaries: Binaries,
  options: { password: string | undefined; sync: boolean },
): Promise<boolean> {
  clearAbandoned(home.folder)
  if (existsSync(join(home.data, 'PG_VERSION'))) {
    refuseOtherVersion(home, binaries)
    return false
  }
  const draft = join(home.folder, `new-${process.pid}-${randomBytes(4).toString('hex')}`)
  mkdirSync(draft, { mode: 0o700 })
  handOver(home.user, draft)
  try {
    await initialise(draft, home, binaries, options)
    renameSync(draft, home.data)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (existsSync(join(home.data, 'PG_VERSION'))) return false
    throw error
  }
  if (process.platform !== 'win32') syncFolder(home.folder)
  return true
}

async function initialise(
  draft: string,
  home: Home,
  binaries: Binaries,
  { password, sync }: { password: string | undefined; sync: boolean },
): Promise<void> {
  const secret = join(home.folder, `new-${process.pid}.secret`)
  const auth = password === undefined ? ['-A', 'trust'] : ['-A', 'scram-sha-256', `--pwfile=${secret}`]
  if (password !== undefined) writeFileSync(secret, password, { mode: 0o600 })
  const options = [
    '-D',
    draft,
    '-U',
    'postgres',
    ...auth,
    ...ENCODING,
    '--no-instructions',
    ...(sync ? [] : ['--no-sync']),
  ]
  try {
    await promisify(execFile)(binaries.bin('initdb'), options, { ...home.user, cwd: home.folder, env: cleanEnv() })
  } catch (cause) {
    const said = (cause as { stderr?: string }).stderr?.trim() ?? String(cause)
    throw new EmbeddedPostgresError(
      'init_failed',
      `数据库初始化失败：${said}。 The database could not be initialised.`,
      { cause },
    )
  } finally {
    rmSync(secret, { force: true })
  }
}

/** Drafts whose maker was killed. A living maker's draft is left to it. */
function clearAbandoned(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = /^new-(\d+)/.exec(name)?.[1]
    if (pid && !isRunning(Number(pid))) rmSync(join(folder, name), { recursive: true, force: true })
  }
}

function refuseOtherVersion(home: Home, binaries: Binaries): void {
  const found = readFileSync(join(home.data, 'PG_VERSION'), 'utf8').trim()
  if (found === binaries.major) return
  throw new EmbeddedPostgresError(
    'other_version',
    `${home.data} 是 PostgreSQL ${found} 建的，这里自带的是 ${binaries.major}，不能直接打开。请用原来的版本启动，` +
      `或用 PostgreSQL ${found} 导出后换一个 DATA_DIR 再导入。` +
      ` The data was made by PostgreSQL ${found}, this program carries ${binaries.major}: dump it with ${found} first, or choose another DATA_DIR.`,
  )
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
