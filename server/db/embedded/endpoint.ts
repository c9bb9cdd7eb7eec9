import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { Home } from './home.ts'
import { socketFolder } from './home.ts'
import type { Postmaster } from './postmaster.ts'

/** postgres.js options for one database of the embedded server. Plain data: it can be sent to another process. */
export interface SocketTarget {
  host: string
  port: number
  user: string
  database: string
  password?: string
}

/** Windows has no Unix sockets Postgres can guard: there it listens on 127.0.0.1 with a password of its own. */
const tcp = process.platform === 'win32'

/** The superuser's password, made once and kept beside the data. Undefined where the socket's folder is the guard. */
export function password(home: Home): string | undefined {
  if (!tcp) return undefined
  const file = join(home.folder, 'password')
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}

/** The settings that make Postgres listen where only we can reach it. */
export async function listenFlags(home: Home): Promise<string[]> {
  if (tcp) return ['-c', 'listen_addresses=127.0.0.1', '-p', String(await freePort())]
  return ['-k', socketFolder(home), '-c', 'unix_socket_permissions=0700', '-c', 'listen_addresses=', '-p', '5432']
}

/** Where a running Postgres can be reached: it says so itself, since an orphan may listen elsewhere than we would choose. */
export function targetOf(home: Home, postmaster: Postmaster, database: string): SocketTarget {
  const secret = password(home)
  const base = { host: postmaster.socket || '127.0.0.1', port: postmaster.port, user: 'postgres', database }
  return secret === undefined ? base : { ...base, password: secret }
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
