import { describe, expect, test } from 'vitest'
import { AssetId } from '#shared/ids.ts'
import { prepareMedia } from '#shared/replies.ts'
import { makePicture, makeReply } from '#server/testing/builders.ts'
import { createWorld } from '#server/testing/world.ts'
import { prepareMedia as prepareMediaOf } from './service.ts'

const world = await createWorld()
const { deps, clock } = world
const [repA, repB] = [await world.as('rep-a'), await world.as('rep-b')]
const HOUR = 3_600_000
const picture = async () => AssetId.parse((await makePicture(deps)).id)
const uploads = () => world.wecomCalls().filter((call) => call.path.endsWith('/media/upload')).length

describe('preparing a picture for the chat', () => {
  test('uploads it once, however many members send it at once', async () => {
    const [assetId, before] = [await picture(), uploads()]
    const prepared = await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 ? repA : repB).call(prepareMedia, { assetId })),
    )
    expect(new Set(prepared.map((p) => p.mediaId)).size).toBe(1)
    expect(uploads()).toBe(before + 1)
  })

  test('two processes that send it at once upload it once', async () => {
    const [assetId, before] = [await picture(), uploads()]
    world.slow(100)
    const processes = [1, 2].map(() => ({
      ...deps,
      wecom: { ...deps.wecom },
      actor: { kind: 'member' as const, userId: 'rep-a', name: '' },
    }))
    const prepared = await Promise.all(processes.map((ctx) => prepareMediaOf(ctx, { assetId })))
    world.slow(0)
    expect(new Set(prepared.map((p) => p.mediaId)).size).toBe(1)
    expect(uploads()).toBe(before + 1)
  })

  test('keeps the media id for two and a half days, and renews it while twelve hours are left', async () => {
    const assetId = await picture()
    const first = await repA.call(prepareMedia, { assetId })
    clock.advance(59 * HOUR)
    expect(await repA.call(prepareMedia, { assetId })).toEqual(first)
    clock.advance(1.1 * HOUR)
    expect(await repA.call(prepareMedia, { assetId })).not.toEqual(first)
  })

  test('an upload that WeCom refuses is tried again at the next send', async () => {
    const assetId = await picture()
    world.fail('media/upload', 40004)
    expect((await repA.try(prepareMedia, { assetId })).status).toBe(422)
    expect((await repA.try(prepareMedia, { assetId })).status).toBe(200)
  })

  test('a picture that does not exist is not found', async () => {
    expect((await repA.try(prepareMedia, { assetId: AssetId.parse(crypto.randomUUID()) })).status).toBe(404)
  })
})

describe('showing a picture', () => {
  test('serves the bytes for a year, and nothing when the browser has them', async () => {
    const assetId = await picture()
    const answer = await repA.get(`/media/${assetId}`)
    expect(answer.status).toBe(200)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    })
    const again = await repA.send('get', `/media/${assetId}`, {
      headers: { 'if-none-match': answer.headers.get('etag')! },
    })
    expect([again.status, again.text]).toEqual([304, ''])
  })

  test('to strangers it does not exist, unless a link card shows it to customers anyway', async () => {
    const assetId = await picture()
    expect((await world.nobody.get(`/media/${assetId}`)).status).toBe(404)
    const link = { type: 'link' as const, url: 'https://shop.example.com', title: '礼盒', description: '' }
    await makeReply(world.deps, { parts: [{ ...link, imageUrl: `/media/${assetId}` }] })
    expect((await world.nobody.get(`/media/${assetId}`)).status).toBe(200)
    expect((await world.nobody.get(`/media/${await picture()}`)).status).toBe(404)
  })

  test('an address that is no picture’s is not found', async () => {
    for (const odd of ['x', '..%2Fsecret', crypto.randomUUID()])
      expect((await repA.get(`/media/${odd}`)).status).toBe(404)
  })
})
