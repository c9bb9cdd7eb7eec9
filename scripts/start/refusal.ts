import { createServer } from 'node:net'
import { type DatabaseTarget, openOwnerPool } from '#server/db/client.ts'

/** A start that must not happen, in one sentence for the person at the terminal. */
export class Refusal extends Error {}

/** Refuses when somebody listens on the port already. */
export async function refuseBusyPort(port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => reject(portRefusal(port, error)))
    probe.listen(port, () => probe.close(() => resolve()))
  })
}

function portRefusal(port: number, error: NodeJS.ErrnoException): Error {
  if (error.code === 'EADDRINUSE') {
    return new Refusal(
      `端口 ${port} 已被占用（也许旁白已经在运行）；换一个：PORT=${port + 1} npm start。 Port ${port} is busy, perhaps by Pangbai itself.`,
    )
  }
  if (error.code === 'EACCES') return new Refusal(`没有权限使用端口 ${port}。 Not allowed to listen on port ${port}.`)
  return error
}

const ONE_AT_A_TIME = 7_261_002

/**
 * Holds the data for this process: an advisory lock on a connection of its own, so the kernel lets go of it however the
 * process ends. Refuses when another start holds it.
 */
export async function holdData(target: DatabaseTarget, dataDir: string): Promise<{ release(): Promise<void> }> {
  const sql = openOwnerPool(typeof target === 'string' ? target : { ...target, max_lifetime: null }, 1)
  const [row] = await sql<{ held: boolean }[]>`select pg_try_advisory_lock(${ONE_AT_A_TIME}) as held`
  if (row?.held) return { release: () => sql.end({ timeout: 1 }) }
  await sql.end({ timeout: 1 })
  throw new Refusal(
    `${dataDir} 里的数据正被另一个旁白使用；先停掉它，或换一个 DATA_DIR。 Another Pangbai is running on that data.`,
  )
}
