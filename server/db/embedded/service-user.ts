import { spawnSync } from 'node:child_process'
import { chownSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { EmbeddedPostgresError } from './error.ts'

/** Who Postgres runs as. Empty: as ourselves. Spread it into spawn's options. */
export interface ServiceUser {
  uid?: number
  gid?: number
}

const asRoot = () => process.getuid?.() === 0

const lookUp = (name: string): ServiceUser | undefined => {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }))
  if (uid?.status !== 0 || gid?.status !== 0) return undefined
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
}

/**
 * Postgres refuses to run as root, so root lends it a user: whoever owns the data already, else `postgres`, else `nobody`.
 * `dataOwner` is the owner of an existing cluster.
 */
export function serviceUser(dataOwner?: { uid: number; gid: number }): ServiceUser {
  if (!asRoot()) return {}
  if (dataOwner && dataOwner.uid !== 0) return { uid: dataOwner.uid, gid: dataOwner.gid }
  const user = lookUp('postgres') ?? lookUp('nobody')
  if (user) return user
  throw new EmbeddedPostgresError(
    'no_service_user',
    '以 root 启动时，内置 PostgreSQL 需要一个名为 postgres 或 nobody 的系统用户，这台机器上没有。' +
      ' Running as root needs a system user named postgres or nobody for the embedded database.',
  )
}

/** Whether that user can enter a folder (or run a file), all its parents included. */
export function canReach(user: ServiceUser, path: string): boolean {
  if (user.uid === undefined) return true
  return spawnSync('/bin/sh', ['-c', 'test -x "$0"', path], { ...user, cwd: '/' }).status === 0
}

/** Hands a folder and all in it to the service user. Nothing to do when Postgres runs as ourselves. */
export function handOver(user: ServiceUser, folder: string): void {
  const { uid, gid } = user
  if (uid === undefined || gid === undefined) return
  chownSync(folder, uid, gid)
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name)
    if (!lstatSync(path).isSymbolicLink()) chownSync(path, uid, gid)
  }
}
