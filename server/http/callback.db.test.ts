import { describe, expect, test } from 'vitest'
import { createWorld } from '#server/testing/world.ts'
import { makeShop, shopCustomer, shopFollow } from '#server/testing/shop.ts'

const shop = { ...makeShop(), customers: [shopCustomer('wmOne', [shopFollow('rep-a')])] }
const world = await createWorld({ shop })
const { deps } = world
const inbox = () => deps.sql`select event, change_type, subject, applied_at from inbox order by id`
const pair = { userid: 'rep-a', externalUserid: 'wmOne' }

describe('what WeCom tells of', () => {
  test('is stored before it is acknowledged, with the job it asks for', async () => {
    world.acts.editCustomer({ ...pair, remark: '改过' })
    await world.callbacks.settled()
    expect(await inbox()).toMatchObject([
      {
        event: 'change_external_contact',
        change_type: 'edit_external_contact',
        subject: `customer ${pair.externalUserid}`,
      },
    ])
    const jobs =
      await deps.sql`select task_identifier, key from graphile_worker.jobs where task_identifier = 'inbox.apply'`
    expect(jobs).toEqual([{ task_identifier: 'inbox.apply', key: `customer ${pair.externalUserid}` }])
  })

  test('twice is stored once; two events in one second are two', async () => {
    await world.owner`truncate inbox`
    world.callbacks.mode.duplicate = 1
    world.acts.renameTag({ id: world.shop.tagGroups[0]!.tags[0]!.id, name: '甲' })
    world.acts.renameTag({ id: world.shop.tagGroups[0]!.tags[1]!.id, name: '乙' })
    await world.callbacks.settled()
    world.callbacks.mode.duplicate = 0
    expect(await inbox()).toHaveLength(2)
  })

  test('for another corp, unsigned, too large or with a document type gets the same nothing, and the inbox stays empty', async () => {
    await world.owner`truncate inbox`
    world.callbacks.mode.wrongReceiver = true
    world.acts.editCustomer({ ...pair, remark: '又改' })
    await world.callbacks.settled()
    world.callbacks.mode.wrongReceiver = false
    expect(world.callbacks.log.at(-1)).toMatchObject({ outcome: 'failed', status: 403 })
    const post = (body: string) =>
      world.app.request('http://pangbai.test/wecom/callback?msg_signature=x&timestamp=1&nonce=1', {
        method: 'POST',
        body,
      })
    for (const body of ['', '<xml/>', '<!DOCTYPE a><xml></xml>', '{}']) expect((await post(body)).status).toBe(403)
    expect((await post('x'.repeat(70_000))).status).toBe(413)
    expect((await world.app.request('http://pangbai.test/wecom/callback?echostr=a')).status).toBe(403)
    expect(await inbox()).toHaveLength(0)
  })

  test('is not acknowledged when it could not be stored, so that it comes again', async () => {
    await world.owner`alter table inbox rename to inbox_away`
    world.acts.editCustomer({ ...pair, remark: '再改' })
    await world.callbacks.settled()
    await world.owner`alter table inbox_away rename to inbox`
    expect(world.callbacks.log.at(-1)).toMatchObject({ outcome: 'failed', status: 500 })
  })

  test('the console’s check of our address passes', async () => {
    const receiver = { url: 'http://pangbai.test/wecom/callback', token: 'token', aesKey: 'a'.repeat(43) }
    expect(await world.callbacks.verifyUrl(receiver)).toBe(true)
  })
})
