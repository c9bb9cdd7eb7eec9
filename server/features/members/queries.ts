import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { run, type Runner } from '../../db/json.ts'
import type { RemoteDepartment, RemoteMember } from '../../wecom/port.ts'

/** Writes a member as WeCom has them now. */
export async function upsertMember(db: Db, member: RemoteMember): Promise<void> {
  const departmentIds = JSON.stringify(member.departmentIds)
  await db.execute(sql`
    insert into members (user_id, name, position, main_department_id, department_ids, status, synced_at)
    values (${member.userId}, ${member.name}, ${member.position}, ${member.mainDepartmentId},
      array(select jsonb_array_elements_text(${departmentIds}::text::jsonb)::int), ${member.status}, now())
    on conflict (user_id) do update set name = excluded.name, position = excluded.position,
      main_department_id = excluded.main_department_id, department_ids = excluded.department_ids,
      status = excluded.status, synced_at = excluded.synced_at`)
}

/** Members at work who have customers. */
export async function selectFollowing(sql: Runner): Promise<string[]> {
  const text = `select m.user_id as "userId" from members m where m.status = 1
    and exists (select 1 from follows f where f.user_id = m.user_id and f.ended_at is null) order by m.user_id`
  return (await run<{ userId: string }>(sql, text, [])).map(({ userId }) => userId)
}

/** `status` 5: left. WeCom's userids differ in case at times. */
export async function markLeft(db: Db, userId: string): Promise<void> {
  await db.execute(sql`update members set status = 5 where lower(user_id) = lower(${userId}) and status <> 5`)
}

/** True when the department is known and was read within the last day. */
export async function knowsDepartment(db: Db, departmentId: number): Promise<boolean> {
  const rows = await db.execute(
    sql`select 1 from departments where id = ${departmentId} and synced_at > now() - interval '1 day'`,
  )
  return rows.length > 0
}

/** Replaces the departments by what WeCom lists now. */
export async function replaceDepartments(db: Db, departments: RemoteDepartment[]): Promise<void> {
  const list = JSON.stringify(departments)
  await db.execute(sql`
    with listed as (
      select (d->>'id')::int as id, d->>'name' as name, (d->>'parentId')::int as parent_id,
        array(select jsonb_array_elements_text(d->'leaderUserIds')) as leader_user_ids
      from jsonb_array_elements(${list}::text::jsonb) d
    ), gone as (
      delete from departments where id not in (select id from listed)
    )
    insert into departments (id, name, parent_id, leader_user_ids, synced_at)
    select id, name, parent_id, leader_user_ids, now() from listed
    on conflict (id) do update set name = excluded.name, parent_id = excluded.parent_id,
      leader_user_ids = excluded.leader_user_ids, synced_at = excluded.synced_at`)
}

/** The closure of what `departments` says now. A department whose parents run in a circle stands below each of them once. */
export async function rebuildTree(db: Db): Promise<void> {
  await db.execute(sql`
    with recursive below as (
      select id as ancestor_id, id as descendant_id from departments
      union select b.ancestor_id, d.id from below b join departments d on d.parent_id = b.descendant_id
    ), gone as (
      delete from department_tree t where not exists (
        select 1 from below b where b.ancestor_id = t.ancestor_id and b.descendant_id = t.descendant_id)
    )
    insert into department_tree select ancestor_id, descendant_id from below on conflict do nothing`)
}

export async function selectMe(
  db: Db,
  userId: string,
): Promise<{ name: string; storeName: string | null } | undefined> {
  const [row] = await db.execute<{ name: string; store_name: string | null }>(sql`
    select m.name, d.name as store_name
    from members m left join departments d on d.id = m.main_department_id where m.user_id = ${userId}`)
  return row && { name: row.name, storeName: row.store_name }
}
