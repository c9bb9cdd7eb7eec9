import { API } from './apis.ts'
import type { Call } from './call.ts'
import { WecomError } from './error.ts'
import type { Wecom } from './port.ts'
import {
  AddedTag,
  Anything,
  Behavior,
  BookPage,
  CustomerPage,
  FollowUsers,
  TagList,
  toCustomer,
  toTagGroups,
  toTie,
  Transferred,
  TransferResults,
  Uploaded,
} from './schemas.ts'

type Contacts = Pick<
  Wecom,
  | 'readCustomer'
  | 'readBehavior'
  | 'transferCustomers'
  | 'transferResults'
  | 'listFollowUsers'
  | 'readBook'
  | 'markTags'
  | 'editRemark'
  | 'listTags'
  | 'createTag'
  | 'createTags'
  | 'editTag'
  | 'deleteTag'
  | 'uploadMedia'
>

/** No such member, not in the app's range, or without the right to have customers. */
const NOT_IN_RANGE = new Set([40003, 60011, 60111, 84074])

/** A page holds 500 followers: more pages than this can only be a cursor that leads in a circle. */
const MOST_PAGES = 100

/** Customers, their tags, and pictures to send them (server-api.md §4, §6.4). */
export function createContacts(call: Call, now: () => Date): Contacts {
  return {
    readCustomer: async (customerId) => {
      try {
        return await readPages(call, customerId)
      } catch (error) {
        // 84061: nobody in range follows them. 40096: no such customer, or only followers out of range.
        if (error instanceof WecomError && [84061, 40096].includes(error.errcode)) return undefined
        throw error
      }
    },
    listFollowUsers: async () => (await call(API.followUsers, FollowUsers)).follow_user,
    readBook: async (userId, cursor) => {
      try {
        const body = { userid_list: [userId], limit: 100, ...(cursor && { cursor }) }
        const page = await call(API.book, BookPage, { body })
        return { ties: page.external_contact_list.map(toTie), next: page.next_cursor }
      } catch (error) {
        if (error instanceof WecomError && error.errcode === 84061) return undefined
        throw error
      }
    },
    transferCustomers: async ({ from, to, customers, message }) => {
      const body = {
        handover_userid: from,
        takeover_userid: to,
        external_userid: customers,
        ...(message && { transfer_success_msg: message }),
      }
      const { customer } = await call(API.transfer, Transferred, { body })
      return customer.map((row) => ({ customerId: row.external_userid, errcode: row.errcode }))
    },
    transferResults: async (from, to) => {
      const results: { customerId: string; status: number }[] = []
      let cursor = ''
      for (let page = 0; page < MOST_PAGES; page++) {
        const body = { handover_userid: from, takeover_userid: to, ...(cursor && { cursor }) }
        const found = await call(API.transferResult, TransferResults, { body })
        results.push(...found.customer.map((row) => ({ customerId: row.external_userid, status: row.status })))
        cursor = found.next_cursor
        if (cursor === '') break
      }
      return results
    },
    readBehavior: async (userId, from, to) => {
      try {
        const seconds = (at: Date) => Math.floor(at.getTime() / 1000)
        const body = { userid: [userId], start_time: seconds(from), end_time: seconds(to) }
        return (await call(API.behavior, Behavior, { body })).behavior_data
      } catch (error) {
        if (error instanceof WecomError && NOT_IN_RANGE.has(error.errcode)) return undefined
        throw error
      }
    },
    markTags: async ({ userId, customerId, add, remove }) => {
      if (add.length + remove.length === 0) return
      const body = {
        userid: userId,
        external_userid: customerId,
        ...(add.length > 0 && { add_tag: add }),
        ...(remove.length > 0 && { remove_tag: remove }),
      }
      await call(API.markTag, Anything, { body })
    },
    editRemark: async ({ userId, customerId, remark, description, company }) => {
      const body = {
        userid: userId,
        external_userid: customerId,
        ...(remark !== undefined && { remark }),
        ...(description !== undefined && { description }),
        ...(company !== undefined && { remark_company: company }),
      }
      if (Object.keys(body).length > 2) await call(API.remark, Anything, { body })
    },
    listTags: async () => toTagGroups((await call(API.tags, TagList, { body: {} })).tag_group),
    createTags: async ({ group, names }) => {
      const which = 'id' in group ? { group_id: group.id } : { group_name: group.name }
      await call(API.addTag, AddedTag, { body: { ...which, tag: names.map((name) => ({ name })) } })
    },
    editTag: async ({ id, name, order }) => {
      const body = { id, ...(name !== undefined && { name }), ...(order !== undefined && { order }) }
      await call(API.editTag, Anything, { body })
    },
    deleteTag: async ({ id, kind }) => {
      await call(API.deleteTag, Anything, { body: kind === 'tag' ? { tag_id: [id] } : { group_id: [id] } })
    },
    createTag: async ({ groupId, name }) => {
      const added = await call(API.addTag, AddedTag, { body: { group_id: groupId, tag: [{ name }] } })
      const [group] = toTagGroups([{ ...added.tag_group, deleted: false }])
      return group as NonNullable<typeof group>
    },
    uploadMedia: async ({ bytes, name, mime }) => {
      const body = new FormData()
      body.append('media', new Blob([Buffer.from(bytes)], { type: mime }), name)
      const uploaded = await call(API.upload, Uploaded, {
        query: { type: /^(image|video)\b/.exec(mime)?.[1] ?? 'file' },
        body,
      })
      const seconds = uploaded.created_at
      return { mediaId: uploaded.media_id, createdAt: seconds > 0 ? new Date(seconds * 1000) : now() }
    },
  }
}

async function readPages(call: Call, customerId: string) {
  const read = (cursor: string) =>
    call(API.customer, CustomerPage, { query: { external_userid: customerId, ...(cursor && { cursor }) } })
  const first = await read('')
  const follows = [...first.follow_user]
  let cursor = first.next_cursor
  for (let page = 1; cursor !== '' && page < MOST_PAGES; page++) {
    const next = await read(cursor)
    follows.push(...next.follow_user)
    cursor = next.next_cursor
  }
  return toCustomer(first.external_contact, follows)
}
