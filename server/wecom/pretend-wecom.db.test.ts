import { afterAll, beforeEach, expect, test } from 'vitest'
import { buildShop } from '../../simulator/shop/shop.ts'
import { startSimulator } from '../../simulator/start.ts'
import { loadConfig } from '../config.ts'
import { openPool } from '../db/client.ts'
import { createLog } from '../log.ts'
import { createDatabase } from '../testing/database.ts'
import { createWecom } from './client.ts'
import { wecomEnv } from '#server/testing/wecom-env.ts'

/* The real client over a real connection against the strict pretend WeCom. */
const database = await createDatabase()
const sql = openPool(database.target, 4)
const shop = buildShop(new Date('2026-01-05T01:00:00Z'))
const sim = await startSimulator({ port: 0, host: '127.0.0.1', shop })
const config = loadConfig({
  SESSION_SECRET: 'a-session-secret-of-at-least-thirty-two-characters',
  PUBLIC_URL: sim.origin,
  ...wecomEnv(sim.settings),
})
const wecom = createWecom({ config, sql, log: createLog('silent'), now: () => new Date() })

beforeEach(() => {
  sim.faults.clear()
  sim.calls.length = 0
})
afterAll(async () => {
  await sim.close()
  await sql.end()
  await database.drop()
})

const called = (path: string) => sim.calls.filter((call) => call.path === `/cgi-bin/${path}`).length
const readable = shop.customers.filter((customer) => customer.follows.some((follow) => follow.relation === 'active'))
const [customer] = readable
const userId = customer?.follows.find((follow) => follow.relation === 'active')?.userid ?? ''
const customerId = customer?.externalUserid ?? ''

test('every customer of the shop is read, whatever its edge case', async () => {
  for (const { externalUserid, name } of readable.slice(0, 60)) {
    expect(await wecom.readCustomer(externalUserid)).toMatchObject({ id: externalUserid, name })
  }
  expect(await wecom.readCustomer('wmNoSuchCustomer')).toBeUndefined()
})

test('a tag put on is there at the next reading, and comes off again', async () => {
  const groups = await wecom.listTags()
  const tagId = groups[0]?.tags.at(-1)?.id ?? ''
  const ids = async () => {
    const read = await wecom.readCustomer(customerId)
    return read?.follows.find((follow) => follow.userId === userId)?.tags.map((tag) => tag.id)
  }
  await wecom.markTags({ userId, customerId, add: [tagId], remove: [] })
  expect(await ids()).toContain(tagId)
  await wecom.markTags({ userId, customerId, add: [], remove: [tagId] })
  expect(await ids()).not.toContain(tagId)
})

test('a tag that is gone is refused in words', async () => {
  const marking = wecom.markTags({ userId, customerId, add: ['etGone'], remove: [] })
  await expect(marking).rejects.toMatchObject({ errcode: 40068, busy: false })
  await expect(marking).rejects.toThrow('这个标签在企业微信里已不存在')
})

test('a remark is written and read back', async () => {
  await wecom.editRemark({ userId, customerId, remark: '林小姐 🌙', description: '喜欢红茶' })
  const read = await wecom.readCustomer(customerId)
  expect(read?.follows.find((follow) => follow.userId === userId)).toMatchObject({
    remark: '林小姐 🌙',
    description: '喜欢红茶',
  })
})

test('a new tag is added to its group', async () => {
  const [group] = await wecom.listTags()
  const added = await wecom.createTag({ groupId: group?.id ?? '', name: '新客到店' })
  expect(added.tags.map((tag) => tag.name)).toContain('新客到店')
})

test('a picture is uploaded', async () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const uploaded = await wecom.uploadMedia({ bytes: png, name: '尺码表.png', mime: 'image/png' })
  expect(uploaded.mediaId).not.toBe('')
  expect(Math.abs(uploaded.createdAt.getTime() - Date.now())).toBeLessThan(60_000)
})

test('members and departments are read; a stranger is nobody', async () => {
  expect(await wecom.readMember(userId)).toMatchObject({ userId, status: 1 })
  expect(await wecom.readMember('no-such-member')).toBeUndefined()
  expect((await wecom.listDepartments()).length).toBeGreaterThan(3)
})

test('both tickets are had, and differ', async () => {
  expect(await wecom.ticket('corp')).not.toBe(await wecom.ticket('agent'))
})

test('tokens withdrawn by WeCom cost one new token, not one failure', async () => {
  await wecom.readMember(userId)
  sim.calls.length = 0
  await sim.app.request('/__sim/api/tokens/invalidate', { method: 'POST' })
  await Promise.all(Array.from({ length: 20 }, () => wecom.readMember(userId)))
  expect(called('gettoken')).toBe(1)
})

test('a busy WeCom, a cut connection and half an answer are tried again', async () => {
  for (const fault of [{ errcode: -1 }, { reset: true }, { malformed: true }, { status: 503 }]) {
    sim.faults.add({ path: '/cgi-bin/user/get', times: 2, ...fault })
    await expect(wecom.readMember(userId)).resolves.toMatchObject({ userId })
  }
})

test('adding a tag is never tried again: nobody knows whether it arrived', async () => {
  sim.faults.add({ path: '/cgi-bin/externalcontact/add_corp_tag', reset: true })
  const [group] = await wecom.listTags()
  await expect(wecom.createTag({ groupId: group?.id ?? '', name: '只此一次' })).rejects.toMatchObject({
    errcode: -1000,
  })
  expect(called('externalcontact/add_corp_tag')).toBeLessThanOrEqual(1)
})

test('an untrusted IP is told with the address to add', async () => {
  sim.faults.trustedIp = false
  await expect(wecom.readMember(userId)).rejects.toThrow(/企业可信IP」中加入 [\d.]+ /)
  sim.faults.trustedIp = true
})
