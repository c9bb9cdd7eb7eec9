import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import type { DatabaseTarget } from '../db/client.ts'
import { isRunning } from '../db/embedded/processes.ts'
import { startEmbeddedPostgres } from '../db/embedded.ts'
import { migrateDatabase } from '../db/migrate.ts'

/** What every suite is given: a server, and a migrated database on it to clone. */
export interface TestPostgres {
  server: { url: string } | { host: string; port: number; user: string; password?: string }
  template: string
}

declare module 'vitest' {
  interface ProvidedContext {
    postgres: TestPostgres
  }
}

/** Tests need no durability: a crash of theirs loses nothing anybody wants. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' }

/** The target of one database on the test server. */
export function targetOn(server: TestPostgres['server'], database: string): DatabaseTarget {
  if (!('url' in server)) return { ...server, database }
  const url = new URL(server.url)
  url.pathname = `/${database}`
  return url.href
}

/** Vitest's global set-up of the `db` project: one server (TEST_DATABASE_URL, else embedded) and one migrated template. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const { server, stop } = await openServer(process.env['TEST_DATABASE_URL'])
  const template = `pangbai_template_${process.pid}`
  await onServer(server, (sql) => sql`create database ${sql(template)} template template0 encoding 'UTF8'`)
  await migrateDatabase(targetOn(server, template))
  project.provide('postgres', { server, template })
  return async () => {
    await onServer(server, (sql) => sql`drop database ${sql(template)} with (force)`)
    await stop()
  }
}

async function openServer(url: string | undefined): Promise<{ server: TestPostgres['server']; stop(): Promise<void> }> {
  if (url) return { server: { url }, stop: async () => undefined }
  await sweep()
  const dataDir = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`))
  const embedded = await startEmbeddedPostgres({ dataDir, settings: FAST, sync: false })
  const { database: _, ...server } = embedded.target
  return {
    server,
    stop: async () => {
      await embedded.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

const PREFIX = 'pangbai-test-'

/** A run that was killed leaves its server behind: the next run ends it. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : Number.NaN
    const dataDir = join(tmpdir(), name)
    if (Number.isNaN(pid) || isRunning(pid) || statSync(dataDir).uid !== process.getuid?.()) continue
    if (existsSync(join(dataDir, 'postgres/data/postmaster.pid')))
      await (await startEmbeddedPostgres({ dataDir })).stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Runs one statement on the server's maintenance database. */
export async function onServer(
  server: TestPostgres['server'],
  run: (sql: postgres.Sql) => Promise<unknown>,
): Promise<void> {
  const target = targetOn(server, 'postgres')
  const options = { max: 1, onnotice: () => undefined }
  const sql = typeof target === 'string' ? postgres(target, options) : postgres({ ...target, ...options })
  try {
    await run(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}
