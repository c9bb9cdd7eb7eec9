import postgres, { type Sql } from 'postgres'
import { APP_ROLE } from './client.ts'

/** What the running product may add to and read, but never change or take away. */
const APPEND_ONLY = ['audit_log', 'audit_seals', 'erasure_key']
const QUEUE = 'graphile_worker'
const [DUPLICATE, TWIN, NOT_ALLOWED] = ['42710', '23505', '42501']

/**
 * Splits the database in two: whoever runs the migrations owns the schema, `pangbai_app` works with its rows. Runs after every
 * migration, so that new tables are covered. `user`: who
 * logs in as the app, where that is not the owner. Throws a sentence with the SQL to run where the owner may not make roles.
 */
export async function grantApp(sql: Sql, user?: string): Promise<void> {
  await ensureRole(sql)
  if (user) await sql`grant ${sql(APP_ROLE)} to ${sql(user)}`
  const app = sql(APP_ROLE)
  await sql`grant usage on schema public, ${sql(QUEUE)} to ${app}`
  await sql`revoke create on schema public from public`
  await sql`grant select, insert, update, delete on all tables in schema public, ${sql(QUEUE)} to ${app}`
  await sql`grant usage, select on all sequences in schema public, ${sql(QUEUE)} to ${app}`
  for (const table of APPEND_ONLY) await sql`revoke update, delete, truncate on ${sql(table)} from ${app}`
  await openQueue(sql)
}

/** The role, and the right of whoever logs in to be it. Roles belong to the whole server: another database may have made it. */
async function ensureRole(sql: Sql): Promise<void> {
  try {
    const made = await sql`select 1 from pg_roles where rolname = ${APP_ROLE}`
    if (made.length === 0) await unless([DUPLICATE, TWIN], () => sql`create role ${sql(APP_ROLE)} nologin`)
    const [may] = await sql<{ may: boolean }[]>`select pg_has_role(current_user, ${APP_ROLE}, 'usage') as may`
    if (!may?.may) await sql`grant ${sql(APP_ROLE)} to current_user`
  } catch (error) {
    if (!(error instanceof postgres.PostgresError && error.code === NOT_ALLOWED)) throw error
    throw new Error(
      `数据库用户不能建角色。请让管理员执行： The database user may not make roles; have an administrator run:\n` +
        `  create role ${APP_ROLE} nologin; grant ${APP_ROLE} to <数据库用户 the user>;`,
      { cause: error },
    )
  }
}

/** The queue's tables are closed by row security to everybody but their owner. */
async function openQueue(sql: Sql): Promise<void> {
  const closed = await sql<{ name: string }[]>`
    select c.relname as name from pg_class c
    where c.relnamespace = ${QUEUE}::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity
      and not exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = ${APP_ROLE})`
  for (const { name } of closed)
    await sql`create policy ${sql(APP_ROLE)} on ${sql(QUEUE)}.${sql(name)} to ${sql(APP_ROLE)} using (true) with check (true)`
}

async function unless(codes: string[], work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof postgres.PostgresError && codes.includes(error.code))) throw error
  }
}
