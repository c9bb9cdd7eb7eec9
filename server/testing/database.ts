import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import type { DatabaseTarget } from '../db/client.ts'
import { onServer, targetOn } from './postgres.ts'

export interface TestDatabase {
  /** For `connect()`, `openPool()` or `startServer()`. */
  target: DatabaseTarget
  name: string
  /** Throws connections out if any are left, and removes the database. */
  drop(): Promise<void>
}

/** A database of this suite's own: a clone of the migrated template. Only in the `db` project. */
export async function createDatabase(): Promise<TestDatabase> {
  const { server, template } = inject('postgres')
  const name = `pangbai_test_${randomBytes(6).toString('hex')}`
  await onServer(server, (sql) => sql`create database ${sql(name)} template ${sql(template)}`)
  return {
    target: targetOn(server, name),
    name,
    drop: () => onServer(server, (sql) => sql`drop database ${sql(name)} with (force)`),
  }
}
