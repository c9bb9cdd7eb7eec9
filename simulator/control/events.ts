import type { Hono } from 'hono'
import { z } from 'zod'
import type { Callbacks } from '../callbacks.ts'
import type { Acts } from '../in-wecom.ts'
import { BadInput, readInput } from './input.ts'

const id = z.string().min(1)
const pair = { userid: id, externalUserid: id }
const share = z.number().min(0).max(1)

const shapes = {
  addCustomer: z.object({
    userid: id,
    name: z.string().optional(),
    externalUserid: id.optional(),
    state: z.string().max(30).optional(),
    half: z.boolean().optional(),
    welcome: z.boolean().optional(),
  }),
  confirm: z.object(pair),
  deleteCustomer: z.object({ ...pair, by: z.enum(['member', 'customer', 'transfer']) }),
  editCustomer: z.object({
    ...pair,
    remark: z.string().optional(),
    tagIds: z.array(id).optional(),
    mobiles: z.array(z.string()).optional(),
  }),
  settleTransfers: z.object({ now: z.boolean().optional(), refuse: z.array(id).optional() }),
  createTag: z.object({ groupId: id, name: id }),
  renameTag: z.object({ id, name: id }),
  deleteTag: z.object({ id }),
  shuffleTags: z.object({ groupId: z.string().optional() }),
  memberLeaves: z.object({ userid: id }),
  renameMember: z.object({ userid: id, newUserid: id }),
  moveMember: z.object({ userid: id, departments: z.array(z.number()).min(1) }),
  changeDepartment: z.object({ id: z.number(), parentId: z.number().optional(), leaders: z.array(id).optional() }),
}
const receiverShape = z.object({
  url: z.url(),
  token: z.string().regex(/^[A-Za-z0-9]{1,32}$/),
  aesKey: z.string().regex(/^[A-Za-z0-9]{43}$/),
})
const modeShape = z.strictObject({
  duplicate: share.optional(),
  drop: share.optional(),
  shuffle: z.boolean().optional(),
  delayMs: z.number().min(0).max(2_000_000_000).optional(),
  wrongReceiver: z.boolean().optional(),
})

/** Changes made "in WeCom", each with its callback, and how those callbacks travel. */
export function mountEvents(app: Hono, acts: Acts, callbacks: Callbacks): void {
  const on = <T>(path: string, shape: z.ZodType<T>, act: (input: T) => unknown) =>
    app.post(`/events${path}`, async (c) => c.json({ ok: true, result: act(await readInput(c, shape)) ?? null }))
  on('/customers/add', shapes.addCustomer, acts.addCustomer)
  on('/customers/confirm', shapes.confirm, acts.confirm)
  on('/customers/delete', shapes.deleteCustomer, acts.deleteCustomer)
  on('/customers/edit', shapes.editCustomer, acts.editCustomer)
  on('/transfers/settle', shapes.settleTransfers, acts.settleTransfers)
  on('/tags/create', shapes.createTag, acts.createTag)
  on('/tags/rename', shapes.renameTag, acts.renameTag)
  on('/tags/delete', shapes.deleteTag, acts.deleteTag)
  on('/tags/shuffle', shapes.shuffleTags, acts.shuffleTags)
  on('/members/leave', shapes.memberLeaves, acts.memberLeaves)
  on('/members/rename', shapes.renameMember, acts.renameMember)
  on('/members/move', shapes.moveMember, acts.moveMember)
  on('/departments/change', shapes.changeDepartment, acts.changeDepartment)

  app.get('/callbacks', (c) => c.json(callbacks.log.slice(-200)))
  app.post('/callbacks/mode', async (c) => c.json(Object.assign(callbacks.mode, await readInput(c, modeShape))))
  // As the console does: an address is kept only when it answers the check.
  app.post('/callbacks/receiver', async (c) => {
    const receiver = await readInput(c, receiverShape)
    if (!(await callbacks.verifyUrl(receiver))) throw new BadInput('openapi 回调地址请求不通过')
    callbacks.setReceiver(receiver)
    return c.json({ ok: true })
  })
  app.delete('/callbacks/receiver', (c) => {
    callbacks.setReceiver(undefined)
    return c.json({ ok: true })
  })
}
