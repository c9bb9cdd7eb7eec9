import { Refusal } from '../refusal.ts'
import type { Department, Member } from '../types.ts'
import { findMember, type World } from '../world.ts'
import { type Api, text } from './kit.ts'

/** Departments that hold a visible member, and those above them. */
function visibleDepartments(world: World): Department[] {
  const ids = new Set(world.shop.members.filter((m) => m.visible).flatMap((m) => m.departments))
  for (const id of ids) {
    const parent = world.shop.departments.find((d) => d.id === id)?.parentId
    if (parent) ids.add(parent)
  }
  return world.shop.departments.filter((d) => ids.has(d.id))
}

/** A department and all below it; everything when no id is given. */
function below(world: World, id: string | null): Department[] {
  const all = visibleDepartments(world)
  if (!id) return all
  if (!all.some((d) => d.id === Number(id))) throw new Refusal(60123, 'invalid party id')
  const wanted = new Set([Number(id)])
  for (const wantedId of wanted) for (const d of all) if (d.parentId === wantedId) wanted.add(d.id)
  return all.filter((d) => wanted.has(d.id))
}

/** What apps created after 2022-06-20 may read: no avatar, gender, mobile or mail. */
const wireMember = (world: World, m: Member) => ({
  userid: m.userid,
  name: m.name,
  department: m.departments,
  order: m.departments.map(() => 0),
  position: m.position,
  is_leader_in_dept: m.departments.map((id) =>
    Number(world.shop.departments.find((d) => d.id === id)?.leaders.includes(m.userid) ?? false),
  ),
  direct_leader:
    world.shop.departments
      .find((d) => d.id === m.mainDepartment)
      ?.leaders.filter((l) => l !== m.userid)
      .slice(0, 1) ?? [],
  thumb_avatar: '',
  telephone: '',
  alias: m.alias,
  status: m.status,
  extattr: { attrs: [] },
  external_profile: { external_corp_name: world.shop.corpName, external_attr: [] },
  main_department: m.mainDepartment,
  open_userid: '',
})

const userGet: Api = {
  method: 'GET',
  path: '/cgi-bin/user/get',
  needs: 'agent',
  empty: { department: [] },
  answer: ({ world, query }) => {
    const userid = query.get('userid') ?? ''
    if (!/^[A-Za-z0-9][\w\-.@]{0,63}$/.test(userid)) throw new Refusal(40003)
    const member = findMember(world, userid)
    if (!member?.visible) throw new Refusal(60111)
    return wireMember(world, member)
  },
}

const directMembers = (world: World, departmentId: string | null): Member[] => {
  if (!departmentId) throw new Refusal(40058)
  below(world, departmentId)
  return world.shop.members.filter((m) => m.visible && m.status !== 5 && m.departments.includes(Number(departmentId)))
}

const simpleList: Api = {
  method: 'GET',
  path: '/cgi-bin/user/simplelist',
  needs: 'agent',
  empty: { userlist: [] },
  answer: ({ world, query }) => ({
    userlist: directMembers(world, query.get('department_id')).map(({ userid, name, departments }) => ({
      userid,
      name,
      department: departments,
      open_userid: '',
    })),
  }),
}

/** Only with the contact-sync secret: a self-built app's token gets 48002. */
const listId: Api = {
  method: 'POST',
  path: '/cgi-bin/user/list_id',
  needs: 'contactSync',
  empty: { dept_user: [] },
  answer: ({ world, body }) => {
    const limit = body['limit'] ?? 10_000
    if (typeof limit !== 'number' || limit < 1 || limit > 10_000) throw new Refusal(40058)
    const all = world.shop.members
      .filter((m) => m.status !== 5)
      .flatMap((m) => m.departments.map((department) => ({ userid: m.userid, department })))
    const from = body['cursor'] ? Number(text(body, 'cursor')) : 0
    if (!Number.isInteger(from)) throw new Refusal(50100)
    const next = from + limit < all.length ? String(from + limit) : ''
    return { next_cursor: next, dept_user: all.slice(from, from + limit) }
  },
}

const departmentList: Api = {
  method: 'GET',
  path: '/cgi-bin/department/list',
  needs: 'agent',
  empty: { department: [] },
  bare: true,
  answer: ({ world, query }) => ({
    department: below(world, query.get('id')).map((d) => ({
      id: d.id,
      name: d.name,
      name_en: '',
      department_leader: d.leaders,
      parentid: d.parentId,
      order: d.order,
    })),
  }),
}

const departmentIds: Api = {
  method: 'GET',
  path: '/cgi-bin/department/simplelist',
  needs: 'agent',
  empty: { department_id: [] },
  answer: ({ world, query }) => ({
    department_id: below(world, query.get('id')).map((d) => ({ id: d.id, parentid: d.parentId, order: d.order })),
  }),
}

export const contactApis: Api[] = [userGet, simpleList, listId, departmentList, departmentIds]
