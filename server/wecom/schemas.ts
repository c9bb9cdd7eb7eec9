import * as z from 'zod/mini'
import type { RemoteCustomer, RemoteDepartment, RemoteFollow, RemoteMember, RemoteTagGroup, RemoteTie } from './port.ts'

/*
 * WeCom's answers, read tolerantly (server-api.md §12): a field may be absent, null or empty, a number may come as text.
 * Only what the product cannot do without is required.
 */
const text = z.pipe(
  z.nullish(z.coerce.string()),
  z.transform((value) => value ?? ''),
)
const orNull = z.pipe(
  z.nullish(z.coerce.string()),
  z.transform((value) => value || null),
)
const whole = z.catch(z.coerce.number(), 0)
const id = z.string().check(z.minLength(1))
const many = <S extends z.ZodMiniType>(item: S) =>
  z.pipe(
    z.nullish(z.array(item)),
    z.transform((list) => list ?? []),
  )

export const Anything = z.looseObject({})

export const IssuedToken = z.object({ access_token: id, expires_in: z.coerce.number() })
export const IssuedTicket = z.object({ ticket: id, expires_in: z.coerce.number() })

const maybe = z.pipe(
  z.nullish(z.coerce.number()),
  z.transform((value) => value ?? null),
)

export const Transferred = z.object({ customer: many(z.object({ external_userid: id, errcode: whole })) })
export const TransferResults = z.object({
  customer: many(z.object({ external_userid: id, status: whole })),
  next_cursor: text,
})

/** `reply_percentage` and `avg_reply_time` are absent on days without chats that customers began: null, never 0. */
export const Behavior = z.object({
  behavior_data: many(
    z.pipe(
      z.object({
        stat_time: z.coerce.number(),
        chat_cnt: whole,
        message_cnt: whole,
        reply_percentage: maybe,
        avg_reply_time: maybe,
        negative_feedback_cnt: whole,
        new_apply_cnt: whole,
        new_contact_cnt: whole,
      }),
      z.transform((day) => ({
        at: new Date(day.stat_time * 1000),
        chats: day.chat_cnt,
        messages: day.message_cnt,
        repliedPercent: day.reply_percentage,
        replyMinutes: day.avg_reply_time,
        lost: day.negative_feedback_cnt,
        applied: day.new_apply_cnt,
        gained: day.new_contact_cnt,
      })),
    ),
  ),
})

/** `type` 2 is a personal tag: it has no `tag_id`. */
const WireTag = z.object({ group_name: text, tag_name: text, type: whole, tag_id: z.nullish(z.string()) })

const WireFollow = z.object({
  userid: id,
  remark: text,
  description: text,
  createtime: whole,
  tags: many(WireTag),
  remark_corp_name: text,
  remark_mobiles: many(z.coerce.string()),
  add_way: whole,
  state: orNull,
})

const WireContact = z.object({
  external_userid: id,
  name: text,
  type: whole,
  gender: whole,
  avatar: text,
  unionid: orNull,
  corp_name: orNull,
  position: orNull,
})

/** One page of a customer: more followers remain while `next_cursor` is neither absent nor empty. */
export const CustomerPage = z.object({
  external_contact: WireContact,
  follow_user: many(WireFollow),
  next_cursor: text,
})

export function toCustomer(
  contact: z.output<typeof WireContact>,
  follows: z.output<typeof WireFollow>[],
): RemoteCustomer {
  return {
    id: contact.external_userid,
    name: contact.name,
    type: contact.type,
    gender: contact.gender,
    avatar: contact.avatar.replace(/^http:\/\//, 'https://'), // an http picture is blocked on our https page
    unionId: contact.unionid,
    corpName: contact.corp_name,
    position: contact.position,
    follows: follows.map(toFollow),
  }
}

function toFollow(follow: z.output<typeof WireFollow>): RemoteFollow {
  const named = follow.tags.map((tag) => ({ id: tag.tag_id ?? '', name: tag.tag_name, group: tag.group_name }))
  return {
    userId: follow.userid,
    remark: follow.remark,
    description: follow.description,
    company: follow.remark_corp_name,
    phones: follow.remark_mobiles.filter((phone) => phone !== ''),
    addWay: follow.add_way,
    state: follow.state,
    addedAt: new Date(follow.createtime * 1000),
    tags: named.filter((tag) => tag.id !== ''),
    personalTags: named.filter((tag) => tag.id === '').map(({ name, group }) => ({ name, group })),
  }
}

export const FollowUsers = z.object({ follow_user: many(z.string()) })

/** Here a tie is one object, and its tags are ids alone: no names, and personal tags not at all. */
export const BookPage = z.object({
  external_contact_list: many(
    z.object({ external_contact: WireContact, follow_info: z.extend(WireFollow, { tag_id: many(z.string()) }) }),
  ),
  next_cursor: text,
})

export function toTie(pair: z.output<typeof BookPage>['external_contact_list'][number]): RemoteTie {
  const { follows: _, ...customer } = toCustomer(pair.external_contact, [])
  const { tags: __, ...follow } = toFollow(pair.follow_info)
  return { customer, follow: { ...follow, tagIds: pair.follow_info.tag_id } }
}

const WireTagGroup = z.object({
  group_id: id,
  group_name: text,
  order: whole,
  deleted: z.nullish(z.boolean()),
  tag: many(z.object({ id, name: text, order: whole, deleted: z.nullish(z.boolean()) })),
})

export const TagList = z.object({ tag_group: many(WireTagGroup) })
/** An object here, a list in the answer above. */
export const AddedTag = z.object({ tag_group: WireTagGroup })

export function toTagGroups(groups: z.output<typeof WireTagGroup>[]): RemoteTagGroup[] {
  return groups
    .filter((group) => !group.deleted)
    .map((group) => ({
      id: group.group_id,
      name: group.group_name,
      order: group.order,
      tags: group.tag.filter((tag) => !tag.deleted).map(({ id: tagId, name, order }) => ({ id: tagId, name, order })),
    }))
}

/** `created_at` is text here, in seconds. */
export const Uploaded = z.object({ media_id: id, created_at: z.coerce.number() })

/** A member has `userid` (of another corp upstream: `CorpId/userid`); anyone else has `openid`. */
export const CodeOwner = z.object({ userid: orNull })

export const WireMember = z.object({
  userid: id,
  name: text,
  position: text,
  main_department: z.catch(z.nullish(z.coerce.number()), null),
  department: many(z.coerce.number()),
  status: z.catch(z.coerce.number(), 1),
})

export const toMember = (member: z.output<typeof WireMember>): RemoteMember => ({
  userId: member.userid,
  name: member.name || member.userid,
  position: member.position,
  mainDepartmentId: member.main_department ?? member.department[0] ?? null,
  departmentIds: member.department,
  status: member.status,
})

export const DepartmentList = z.object({
  department: many(
    z.object({
      id: z.coerce.number(),
      name: text,
      parentid: z.nullish(z.coerce.number()),
      department_leader: many(z.string()),
    }),
  ),
})

export const toDepartments = (list: z.output<typeof DepartmentList>): RemoteDepartment[] =>
  list.department.map((department) => ({
    id: department.id,
    name: department.name,
    parentId: department.parentid || null,
    leaderUserIds: department.department_leader,
  }))
