import type { GivenRole, MemberRow } from '#shared/members.ts'
import type { Role } from '#shared/endpoint.ts'
import { run, type Runner } from '#server/db/json.ts'

const ROLES = `
  select coalesce(json_agg(held.role order by held.role), '[]') as roles from (
    select role from member_roles where user_id = $1
    union all
    select 'manager' where exists (select 1 from departments where $1 = any(leader_user_ids))
  ) held
  where exists (select 1 from members where user_id = $1 and status = 1)`

/** What this member may do now; nothing once they have left. */
export async function selectRoles(sql: Runner, userId: string): Promise<Role[]> {
  const [row] = await run<{ roles: Role[] }>(sql, ROLES, [userId])
  return row?.roles ?? []
}

const memberRow = `
  select m.user_id as "userId", m.name, d.name as "storeName",
    array(select r.role from member_roles r where r.user_id = m.user_id order by r.role) as roles,
    array(select l.name from departments l where m.user_id = any(l.leader_user_ids) order by l.id) as leads
  from members m left join departments d on d.id = m.main_department_id
  where m.status = 1`

export const selectMembers = (sql: Runner, search: string): Promise<MemberRow[]> =>
  run<MemberRow>(
    sql,
    `${memberRow} and (strpos(lower(m.name), lower($1)) > 0 or strpos(lower(m.user_id), lower($1)) > 0)
    order by m.name, m.user_id limit 200`,
    [search],
  )

/** Locked until the transaction ends. undefined: no such member, or they have left. */
export async function selectMember(sql: Runner, userId: string): Promise<MemberRow | undefined> {
  const [row] = await run<MemberRow>(sql, `${memberRow} and m.user_id = $1 for update of m`, [userId])
  return row
}

export async function replaceRoles(
  sql: Runner,
  userId: string,
  roles: GivenRole[],
  by: string,
  now: Date,
): Promise<void> {
  await run(
    sql,
    `with gone as (delete from member_roles where user_id = $1 and role <> all($2::text[]))
    insert into member_roles (user_id, role, given_by, given_at)
    select $1, role, $3, $4::timestamptz from unnest($2::text[]) role on conflict do nothing`,
    [userId, roles, by, now],
  )
}
