import { afterAll, expect, test } from 'vitest'
import { openOwnerPool } from '../db/client.ts'
import { createDatabase } from './database.ts'

const [mine, yours] = [await createDatabase(), await createDatabase()]
const [here, there] = [openOwnerPool(mine.target, 1), openOwnerPool(yours.target, 1)]

afterAll(async () => {
  await here.end()
  await there.end()
  await mine.drop()
  await yours.drop()
})

test('each suite has a migrated database of its own', async () => {
  await here`create table only_here (id int)`
  const tables = (sql: typeof here) =>
    sql`select table_name from information_schema.tables where table_schema = 'public'`
  const names = (rows: { table_name?: string }[]) => rows.map((row) => row.table_name)
  expect(names(await tables(here))).toEqual(expect.arrayContaining(['customers', 'only_here']))
  expect(names(await tables(there))).toContain('customers')
  expect(names(await tables(there))).not.toContain('only_here')
})

test('the test database speaks UTF-8', async () => {
  const [row] = await here<
    { text: string; server_encoding: string }[]
  >`select '旁白 👨‍👩‍👧' as text, current_setting('server_encoding') as server_encoding`
  expect(row).toEqual({ text: '旁白 👨‍👩‍👧', server_encoding: 'UTF8' })
})
