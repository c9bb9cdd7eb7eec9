import { removeTags } from './api/tag-library.ts'
import { TRANSFER_SECONDS } from './api/transfers.ts'
import type { Callbacks } from './callbacks.ts'
import type { Customer, Follow, Member } from './types.ts'
import { findCustomer, findFollow, findTag, randomId, type World } from './world.ts'

/** How long a cut tie is still listed by the API, in seconds. */
const LAG = 2

/** No such member, customer or tag: the control API answers 404 with this. */
export class Unknown extends Error {}

interface Pair {
  userid: string
  externalUserid: string
}
/** A scan of a member's code: by a new customer, or by one others follow already. */
interface Scan {
  userid: string
  name?: string | undefined
  externalUserid?: string | undefined
  state?: string | undefined
  /** Added without the member's confirmation: unreadable until `confirm`. */
  half?: boolean | undefined
  /** False: an administrator's own welcome message is set, so no WelcomeCode comes. */
  welcome?: boolean | undefined
}
interface Edit extends Pair {
  remark?: string | undefined
  tagIds?: string[] | undefined
  mobiles?: string[] | undefined
}

/** Changes made by people "in WeCom". Each raises its callback; changes through the API raise none. */
export function createActs(world: World, callbacks: Callbacks) {
  const contact = (ChangeType: string, UserID: string, ExternalUserID: string, extra = {}) =>
    callbacks.raise('change_external_contact', { ChangeType, UserID, ExternalUserID, ...extra })
  const tagEvent = (ChangeType: string, Id: string, TagType?: string) =>
    callbacks.raise('change_external_tag', { Id, TagType, ChangeType })
  const tie = ({ userid, externalUserid }: Pair) => {
    const customer = findCustomer(world, externalUserid)
    const follow = customer && findFollow(customer, userid)
    if (!customer || !follow) throw new Unknown(`${userid} 与 ${externalUserid} 没有关系`)
    return { customer, follow }
  }
  const memberOf = (userid: string): Member => {
    const member = world.shop.members.find((m) => m.userid === userid)
    if (!member) throw new Unknown(`没有成员 ${userid}`)
    return member
  }

  /** The taker knows what the giver knew; whoever was their customer already gives no event. */
  function handOver({
    handover,
    takeover,
    externalUserid,
  }: {
    handover: string
    takeover: string
    externalUserid: string
  }) {
    const { customer, follow } = tie({ userid: handover, externalUserid })
    const already = findFollow(customer, takeover)?.relation === 'active'
    if (!already) {
      customer.follows = customer.follows.filter((one) => one.userid !== takeover)
      const { remark, description, tagIds } = follow
      const handed = { remark, description, tagIds: [...tagIds], addWay: 202, operUserid: 'admin' }
      customer.follows.push({
        ...scanned(world, { userid: takeover, remark, half: false, state: undefined }),
        ...handed,
      })
      contact('add_external_contact', takeover, externalUserid)
    }
    follow.relation = 'memberDeleted'
    world.lingering.set(`${follow.userid} ${externalUserid}`, world.now() + LAG)
    contact('del_external_contact', handover, externalUserid, { Source: 'DELETE_BY_TRANSFER' })
  }

  return {
    addCustomer({ userid, name = '新客户', externalUserid, state, half = false, welcome = true }: Scan): string {
      memberOf(userid)
      const customer = externalUserid === undefined ? newCustomer(world, name) : findCustomer(world, externalUserid)
      if (!customer) throw new Unknown(`没有客户 ${externalUserid}`)
      customer.follows = customer.follows.filter((f) => f.userid !== userid)
      customer.follows.push(scanned(world, { userid, remark: customer.name, half, state }))
      world.touched()
      contact(half ? 'add_half_external_contact' : 'add_external_contact', userid, customer.externalUserid, {
        State: state,
        WelcomeCode: welcome ? randomId('SIMWELCOME', 24) : undefined,
      })
      return customer.externalUserid
    },
    confirm(pair: Pair): void {
      const { follow } = tie(pair)
      follow.relation = 'active'
      world.touched()
      contact('add_external_contact', pair.userid, pair.externalUserid, { State: follow.state })
    },
    /** By the member: unreadable after a short lag. By the customer: one-way, still readable. By a transfer: with its source. */
    deleteCustomer({ by, ...pair }: Pair & { by: 'member' | 'customer' | 'transfer' }): void {
      const { follow } = tie(pair)
      follow.relation = by === 'customer' ? 'customerDeleted' : 'memberDeleted'
      if (by !== 'customer') world.lingering.set(`${follow.userid} ${pair.externalUserid}`, world.now() + LAG)
      world.touched()
      contact(by === 'customer' ? 'del_follow_user' : 'del_external_contact', pair.userid, pair.externalUserid, {
        Source: by === 'transfer' ? 'DELETE_BY_TRANSFER' : undefined,
      })
    },
    editCustomer({ remark, mobiles, tagIds, ...pair }: Edit): void {
      const { follow } = tie(pair)
      if (remark !== undefined) follow.remark = remark
      if (mobiles !== undefined) follow.remarkMobiles = mobiles
      if (tagIds !== undefined) follow.tagIds = tagIds.filter((id) => findTag(world, id)?.tag.deleted === false)
      world.touched()
      contact('edit_external_contact', pair.userid, pair.externalUserid)
    },
    /** What was asked a day ago is done now, unless the customer refuses; `now`: without waiting. Answers how many were settled. */
    settleTransfers({
      now = false,
      refuse = [],
    }: { now?: boolean | undefined; refuse?: string[] | undefined } = {}): number {
      const due = world.transfers.filter((one) => one.status === 2 && (now || one.at + TRANSFER_SECONDS <= world.now()))
      for (const one of due) {
        const refused = refuse.includes(one.externalUserid)
        one.status = refused ? 3 : 1
        if (refused) contact('transfer_fail', one.takeover, one.externalUserid, { FailReason: 'customer_refused' })
        else handOver(one)
      }
      if (due.length > 0) world.touched()
      return due.length
    },
    createTag({ groupId, name }: { groupId: string; name: string }): string {
      const group = world.shop.tagGroups.find((g) => g.id === groupId && !g.deleted)
      if (!group) throw new Unknown(`没有标签组 ${groupId}`)
      const id = randomId('et')
      group.tags.push({ id, name, order: 0, createTime: world.now(), creator: 'console', deleted: false })
      world.touched()
      tagEvent('create', id, 'tag')
      return id
    },
    renameTag({ id, name }: { id: string; name: string }): void {
      const group = world.shop.tagGroups.find((g) => g.id === id)
      const thing = group ?? findTag(world, id)?.tag
      if (!thing) throw new Unknown(`没有标签 ${id}`)
      thing.name = name
      world.touched()
      tagEvent('update', id, group ? 'tag_group' : 'tag')
    },
    /** A deleted group gives one event and none for its tags. */
    deleteTag({ id }: { id: string }): void {
      const group = world.shop.tagGroups.find((g) => g.id === id)
      if (!group && !findTag(world, id)) throw new Unknown(`没有标签 ${id}`)
      removeTags(world, group ? group.tags.map((t) => t.id) : [id])
      if (group) group.deleted = true
      tagEvent('delete', id, group ? 'tag_group' : 'tag')
    },
    /** The tags of one group, or of all, in the opposite order. An empty id: all groups were re-ordered. */
    shuffleTags({ groupId = '' }: { groupId?: string | undefined }): void {
      const groups = world.shop.tagGroups.filter((g) => groupId === '' || g.id === groupId)
      for (const { tags } of groups)
        for (const [order, tag] of tags.toSorted((a, b) => b.order - a.order).entries()) tag.order = order
      world.touched()
      tagEvent('shuffle', groupId)
    },
    memberLeaves({ userid }: { userid: string }): void {
      Object.assign(memberOf(userid), { status: 5, visible: false })
      world.touched()
      callbacks.raise('change_contact', { ChangeType: 'delete_user', UserID: userid })
    },
    renameMember({ userid, newUserid }: { userid: string; newUserid: string }): void {
      const member = memberOf(userid)
      const renamed = (id: string) => (id === userid ? newUserid : id)
      member.userid = newUserid
      for (const department of world.shop.departments) department.leaders = department.leaders.map(renamed)
      for (const thing of [...world.shop.customers.flatMap((c) => c.follows), ...world.shop.conversations])
        thing.userid = renamed(thing.userid)
      world.touched()
      const Department = member.departments.join(',')
      callbacks.raise('change_contact', { ChangeType: 'update_user', UserID: userid, NewUserID: newUserid, Department })
    },

    moveMember({ userid, departments }: { userid: string; departments: number[] }): void {
      Object.assign(memberOf(userid), { departments, mainDepartment: departments[0] })
      world.touched()
      const Department = departments.join(',')
      callbacks.raise('change_contact', { ChangeType: 'update_user', UserID: userid, Department })
    },

    changeDepartment({
      id,
      ...changes
    }: {
      id: number
      parentId?: number | undefined
      leaders?: string[] | undefined
    }): void {
      const department = world.shop.departments.find((one) => one.id === id)
      if (!department) throw new Unknown(`no department ${id}`)
      Object.assign(department, changes)
      world.touched()
      callbacks.raise('change_contact', { ChangeType: 'update_party', Id: id, ParentId: changes.parentId })
    },
  }
}
export type Acts = ReturnType<typeof createActs>

function newCustomer(world: World, name: string): Customer {
  const externalUserid = randomId('wmSim')
  const customer: Customer = { externalUserid, name, type: 1, gender: 0, avatar: '', follows: [] }
  world.shop.customers.push(customer)
  return customer
}

const scanned = (
  world: World,
  { userid, remark, half, state }: { userid: string; remark: string; half: boolean; state: string | undefined },
): Follow => ({
  userid,
  remark,
  description: '',
  createTime: world.now(),
  tagIds: [],
  personalTags: [],
  addWay: 1,
  operUserid: userid,
  ...(state && { state }),
  relation: half ? 'half' : 'active',
})
