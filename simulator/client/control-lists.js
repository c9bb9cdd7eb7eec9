import { el, options } from './dom.js'

/** Every API of the pretend server, for the suggestions of a path field. */
const PATHS = `gettoken get_jsapi_ticket ticket/get auth/getuserinfo auth/getuserdetail user/get user/list_id
department/list department/simplelist externalcontact/get_follow_user_list externalcontact/list externalcontact/get
externalcontact/batch/get_by_user externalcontact/remark externalcontact/get_corp_tag_list externalcontact/add_corp_tag
externalcontact/edit_corp_tag externalcontact/del_corp_tag externalcontact/mark_tag media/upload message/send`
  .split(/\s+/)
  .map((name) => `/cgi-bin/${name}`)

/** Refusals worth trying, with what they mean. */
const ERRCODES = [
  [-1, '系统繁忙'],
  [6000, '数据版本冲突'],
  [40003, '成员不合法'],
  [40014, '令牌不合法'],
  [40068, '标签不合法'],
  [40096, '客户不合法'],
  [42001, '令牌过期'],
  [45009, '调用超过频率'],
  [45033, '并发超限'],
  [48002, '接口没有权限'],
  [60020, 'IP 不可信'],
  [84061, '不是客户关系'],
  [84074, '成员没有客户联系权限'],
]

/** Fills the suggestions other fields name with `list`. `values`: [value, label]. */
function offer(id, values) {
  document.getElementById(id)?.remove()
  const choices = values.map(([value, label]) => el('option', { value: String(value), label }))
  document.body.append(el('datalist', { id }, choices))
}

export function offerFixed() {
  offer('paths', [['*', '全部接口'], ...PATHS.map((path) => [path, ''])])
  offer('errcodes', ERRCODES)
}

/** Tags and their groups by name; what the API wants is the id. */
export function offerTags(groups) {
  const groupIds = groups.map(({ id, name }) => [id, `${name}（组）`])
  const tagIds = groups.flatMap((group) => group.tags.map(({ id, name }) => [id, `${group.name} / ${name}`]))
  offer('group-ids', groupIds)
  offer('tag-ids', [...tagIds, ...groupIds])
}

export const memberOptions = (members, current) =>
  options(
    members.map((member) => [member.userid, `${member.name}（${member.userid}）`]),
    current,
  )

export function offerMembers(members) {
  for (const select of document.querySelectorAll('select[data-members]')) {
    select.replaceChildren(...memberOptions(members, select.value))
  }
}
