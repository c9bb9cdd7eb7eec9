import type { Shop } from '../../simulator/types.ts'
import { WecomError } from '../wecom/error.ts'
import type { Wecom } from '../wecom/port.ts'

export interface Call {
  path: string
  query: Record<string, string>
  body: Record<string, unknown>
}

/** interim */
export function standIn(shop: Shop, now: () => Date) {
  const calls: Call[] = []
  let faults: { path: string; errcode: number }[] = []
  let uploads = 0
  let latency = 2
  const enter = async (path: string, query: Record<string, string>, body: Record<string, unknown>) => {
    calls.push({ path: `/cgi-bin/${path}`, query, body })
    await new Promise((r) => setTimeout(r, latency))
    const at = faults.findIndex((f) => f.path === path || f.path === '*')
    if (at >= 0) {
      const [f] = faults.splice(at, 1)
      throw new WecomError(path, f!.errcode, `错误码 ${f!.errcode}`, [-1, -1000, 45009].includes(f!.errcode))
    }
  }
  const refuse = (path: string, code: number): never => {
    throw new WecomError(path, code, `错误码 ${code}`, false)
  }
  const allTags = () => shop.tagGroups.flatMap((g) => g.tags.map((t) => ({ ...t, group: g.name })))
  const followOf = (path: string, c: string, u: string) =>
    shop.customers
      .find((x) => x.externalUserid === c)
      ?.follows.find((f) => f.userid === u && f.relation === 'active') ?? refuse(path, 84061)
  const wecom: Wecom = {
    async readCustomer(id) {
      await enter('externalcontact/get', { external_userid: id }, {})
      const c = shop.customers.find((x) => x.externalUserid === id)
      const follows = c?.follows.filter((f) => f.relation === 'active') ?? []
      if (!c || follows.length === 0) return undefined
      return {
        id,
        name: c.name,
        type: c.type,
        gender: c.gender,
        avatar: c.avatar,
        unionId: c.unionid ?? null,
        corpName: c.corpName ?? null,
        position: c.position ?? null,
        follows: follows.map((f) => ({
          userId: f.userid,
          remark: f.remark,
          description: f.description,
          company: f.remarkCorpName ?? '',
          phones: f.remarkMobiles ?? [],
          addWay: f.addWay,
          state: f.state ?? null,
          addedAt: new Date(f.createTime * 1000),
          tags: f.tagIds.map((t) => ({
            id: t,
            name: allTags().find((x) => x.id === t)?.name ?? '?',
            group: allTags().find((x) => x.id === t)?.group ?? '?',
          })),
          personalTags: f.personalTags.map((p) => ({ name: p.name, group: p.groupName })),
        })),
      }
    },
    async markTags({ userId, customerId, add, remove }) {
      await enter(
        'externalcontact/mark_tag',
        {},
        { userid: userId, external_userid: customerId, add_tag: add, remove_tag: remove },
      )
      const f = followOf('mark_tag', customerId, userId)
      if ([...add, ...remove].some((t) => !allTags().some((x) => x.id === t))) refuse('mark_tag', 40068)
      f.tagIds = [...f.tagIds.filter((t) => !remove.includes(t) && !add.includes(t)), ...add]
    },
    async editRemark(c) {
      await enter('externalcontact/remark', {}, { userid: c.userId, external_userid: c.customerId, ...c })
      const f = followOf('remark', c.customerId, c.userId)
      if (c.remark !== undefined) f.remark = c.remark
      if (c.description !== undefined) f.description = c.description
      if (c.company !== undefined) f.remarkCorpName = c.company
    },
    async listTags() {
      await enter('externalcontact/get_corp_tag_list', {}, {})
      return shop.tagGroups.map((g) => ({
        id: g.id,
        name: g.name,
        order: g.order,
        tags: g.tags.map((t) => ({ id: t.id, name: t.name, order: t.order })),
      }))
    },
    async createTag({ groupId, name }) {
      await enter('externalcontact/add_corp_tag', {}, { group_id: groupId, tag: [{ name }] })
      const g = shop.tagGroups.find((x) => x.id === groupId) ?? refuse('add_corp_tag', 40068)
      if (g.tags.some((t) => t.name === name)) refuse('add_corp_tag', 40071)
      const t = {
        id: `et-${groupId}-${g.tags.length + 1}`,
        name,
        order: 0,
        createTime: 0,
        creator: '1000002',
        deleted: false,
      }
      g.tags.push(t)
      return { id: g.id, name: g.name, order: g.order, tags: [{ id: t.id, name, order: 0 }] }
    },
    async uploadImage(file) {
      await enter('media/upload', {}, { name: file.name })
      return { mediaId: `media-${++uploads}`, createdAt: now() }
    },
    readMember: async () => undefined,
    listDepartments: async () => [],
    memberOfCode: async () => undefined,
    ticket: async () => 'ticket',
  }
  return {
    wecom,
    calls,
    slow: (ms: number) => void (latency = ms),
    fail: (path: string, errcode: number, times = 1) =>
      void (faults = [...faults, ...Array.from({ length: times }, () => ({ path, errcode }))]),
  }
}
