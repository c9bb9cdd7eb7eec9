import { removeTags } from './api/tags.ts'
import type { Callbacks } from './callbacks.ts'
import { findCustomer, findFollow, findTag, randomId, type World } from './world.ts'

/** How long a cut tie is still listed by the API, in seconds. */
const LAG = 2

/** No such member, customer or tag: the control API answers 404 with this. */
export class Unknown extends Error {}

/** Changes made by people "in WeCom". Each raises its callback; changes through the API raise none. */
export function createActs(world: World, callbacks: Callbacks) {
  const contact = (ChangeType: string, UserID: string, ExternalUserID: string, extra = {}) =>
    callbacks.raise('change_external_contact', { ChangeType, UserID, ExternalUserID, ...extra })
  const tagEvent = (ChangeType: string, Id: string, TagType?: string) =>
    callbacks.raise('change_external_tag', { Id, TagType, ChangeType })
  const tie = (userid: string, externalUserid: string) => {
    const customer = findCustomer(world, externalUserid)
    const follow = customer && findFollow(customer, userid)
    if (!customer || !follow) throw new Unknown(`${userid} 与 ${externalUserid} 没有关系`)
    return { customer, follow }
  }

  return {
    /** A new customer scans a member's code. Half-added ones are confirmed by `confirm`. */
    addCustomer({
      userid,
      name,
      state,
      half = false,
    }: {
      userid: string
      name: string
      state?: string
      half?: boolean
    }): string {
      if (!world.shop.members.some((m) => m.userid === userid)) throw new Unknown(`没有成员 ${userid}`)
      const externalUserid = randomId('wmSim')
      world.shop.customers.push({
        externalUserid,
        name,
        type: 1,
        gender: 0,
        avatar: '',
        follows: [
          {
            userid,
            remark: name,
            description: '',
            createTime: world.now(),
            tagIds: [],
            personalTags: [],
            addWay: 1,
            operUserid: userid,
            ...(state && { state }),
            relation: half ? 'half' : 'active',
          },
        ],
      })
      world.touched()
      contact(half ? 'add_half_external_contact' : 'add_external_contact', userid, externalUserid, {
        State: state,
        WelcomeCode: randomId('SIMWELCOME', 24),
      })
      return externalUserid
    },
    confirm({ userid, externalUserid }: { userid: string; externalUserid: string }): void {
      tie(userid, externalUserid).follow.relation = 'active'
      world.touched()
      contact('add_external_contact', userid, externalUserid)
    },
    deleteCustomer({
      userid,
      externalUserid,
      by,
    }: {
      userid: string
      externalUserid: string
      by: 'member' | 'customer'
    }): void {
      const { follow } = tie(userid, externalUserid)
      follow.relation = by === 'member' ? 'memberDeleted' : 'customerDeleted'
      if (by === 'member') world.lingering.set(`${userid} ${externalUserid}`, world.now() + LAG)
      world.touched()
      contact(by === 'member' ? 'del_external_contact' : 'del_follow_user', userid, externalUserid)
    },
    editCustomer(change: {
      userid: string
      externalUserid: string
      remark?: string
      tagIds?: string[]
      mobiles?: string[]
    }): void {
      const { follow } = tie(change.userid, change.externalUserid)
      if (change.remark !== undefined) follow.remark = change.remark
      if (change.mobiles !== undefined) follow.remarkMobiles = change.mobiles
      if (change.tagIds !== undefined)
        follow.tagIds = change.tagIds.filter((id) => findTag(world, id)?.tag.deleted === false)
      world.touched()
      contact('edit_external_contact', change.userid, change.externalUserid)
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
    /** An empty id: all groups were re-ordered. */
    shuffleTags({ groupId = '' }: { groupId?: string }): void {
      const groups = world.shop.tagGroups.filter((g) => groupId === '' || g.id === groupId)
      for (const group of groups) for (const [i, tag] of group.tags.toReversed().entries()) tag.order = i
      world.touched()
      tagEvent('shuffle', groupId)
    },
    memberLeaves({ userid }: { userid: string }): void {
      const member = world.shop.members.find((m) => m.userid === userid)
      if (!member) throw new Unknown(`没有成员 ${userid}`)
      member.status = 5
      member.visible = false
      world.touched()
      callbacks.raise('change_contact', { ChangeType: 'delete_user', UserID: userid })
    },
    renameMember({ userid, newUserid }: { userid: string; newUserid: string }): void {
      const member = world.shop.members.find((m) => m.userid === userid)
      if (!member) throw new Unknown(`没有成员 ${userid}`)
      member.userid = newUserid
      for (const follow of world.shop.customers.flatMap((c) => c.follows))
        if (follow.userid === userid) follow.userid = newUserid
      for (const talk of world.shop.conversations) if (talk.userid === userid) talk.userid = newUserid
      world.touched()
      callbacks.raise('change_contact', {
        ChangeType: 'update_user',
        UserID: userid,
        NewUserID: newUserid,
        Department: member.departments.join(','),
      })
    },
  }
}
export type Acts = ReturnType<typeof createActs>
