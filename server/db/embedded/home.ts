import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, realpathSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { EmbeddedPostgresError } from './error.ts'
import { canReach, handOver, type ServiceUser, serviceUser } from './service-user.ts'

/** Where root keeps the data when the database's user cannot enter DATA_DIR (a checkout under /root, say). */
const SYSTEM_HOME = '/var/lib/pangbai'

export interface Home {
  /** Holds all the database needs; `data` is the cluster in it. Real paths, no links. */
  folder: string
  data: string
  user: ServiceUser
}

/**
 * Opens (or makes) DATA_DIR/postgres. Under root it belongs to the service user; where that user cannot reach DATA_DIR
 * it becomes a link into /var/lib/pangbai. Data is never moved or deleted here.
 */
export function openHome(dataDir: string, log: (line: string) => void): Home {
  mkdirSync(dataDir, { recursive: true })
  const place = resolve(dataDir, 'postgres')
  if (!lstatSync(place, { throwIfNoEntry: false })) makeHome(dataDir, place, log)
  if (!existsSync(place)) {
    throw unsafe(`${place} 指向一个不存在的文件夹。 It links to a folder that is gone.`)
  }
  const folder = realpathSync(place)
  const user = serviceUser(statSync(folder))
  if (!canReach(user, folder)) {
    throw unsafe(`数据库用户（uid ${user.uid}）进不了 ${folder}。 The database's user cannot enter that folder.`)
  }
  return { folder, data: join(folder, 'data'), user }
}

function makeHome(dataDir: string, place: string, log: (line: string) => void): void {
  const user = serviceUser()
  letPass(user, realpathSync(dataDir))
  if (canReach(user, realpathSync(dataDir))) {
    mkdirSync(place, { recursive: true, mode: 0o700 })
    return handOver(user, place)
  }
  const elsewhere = join(SYSTEM_HOME, randomBytes(5).toString('hex'))
  mkdirSync(elsewhere, { recursive: true, mode: 0o755 })
  chmodSync(elsewhere, 0o700)
  handOver(user, elsewhere)
  symlinkSync(elsewhere, place)
  log(`数据库用户进不了 ${dataDir}，数据放在 ${elsewhere}（the data lives there; DATA_DIR links to it）`)
}

/** A data folder that is root's alone (mkdtemp makes such ones) lets the database's group through, and nobody else. */
function letPass(user: ServiceUser, dataDir: string): void {
  const { uid, gid, mode } = statSync(dataDir)
  if (user.gid === undefined || uid !== 0 || gid !== 0 || (mode & 0o077) !== 0) return
  chownSync(dataDir, uid, user.gid)
  chmodSync(dataDir, 0o710)
}

/** A socket's whole path may have 107 bytes (103 on macOS): a long home gets a short folder under the system's temp. */
export function socketFolder(home: Home): string {
  const inside = join(home.folder, 'socket')
  const name = `pangbai-${createHash('sha256').update(home.folder).digest('hex').slice(0, 12)}`
  const candidates = [inside, join(tmpdir(), name), join('/tmp', name)]
  const fits = (path: string) => Buffer.byteLength(`${path}/.s.PGSQL.5432`) <= 100
  const folder = candidates.find((path) => fits(path) && canReach(home.user, join(path, '..')))
  if (!folder)
    throw unsafe('找不到能放数据库套接字的短路径。 No folder is short enough for the database socket; set TMPDIR.')
  claim(folder, home.user)
  return folder
}

/** The temp folder is everybody's: one that somebody else made first must not receive our socket. */
function claim(folder: string, user: ServiceUser): void {
  const owner = user.uid ?? process.getuid?.()
  if (!existsSync(folder)) {
    mkdirSync(folder, { mode: 0o700 })
    handOver(user, folder)
  }
  const found = lstatSync(folder)
  if (!found.isDirectory() || found.uid !== owner) {
    throw unsafe(`${folder} 属于别的用户，拒绝使用。 That folder belongs to somebody else.`)
  }
  chmodSync(folder, 0o700)
}

const unsafe = (message: string) => new EmbeddedPostgresError('unsafe_folder', message)
