import { expect, test } from 'vitest'
import { openSimulator } from '../testing/api.ts'

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0])

async function upload(
  sim: ReturnType<typeof openSimulator>,
  bytes: Uint8Array<ArrayBuffer>,
  type = 'image',
  field = 'media',
) {
  const form = new FormData()
  form.set(field, new File([bytes], 'a.png', { type: 'image/png' }))
  const url = `/cgi-bin/media/upload?type=${type}&access_token=${await sim.token()}`
  return (await (await sim.app.request(url, { method: 'POST', body: form })).json()) as Record<string, unknown>
}

test('an upload answers with an empty errmsg and its time as text, and lives three days', async () => {
  const sim = openSimulator()
  const done = await upload(sim, PNG)
  expect(done).toMatchObject({ errcode: 0, errmsg: '', type: 'image', created_at: expect.stringMatching(/^\d+$/) })
  const bytes = async () => (await sim.app.request(`/__sim/api/media/${String(done['media_id'])}`)).status
  expect(await bytes()).toBe(200)
  sim.advance(3 * 86_400)
  expect(await bytes()).toBe(404)
})

test('what is no picture, empty or under another field name is refused', async () => {
  const sim = openSimulator()
  expect((await upload(sim, new Uint8Array([1, 2, 3, 4, 5, 6, 7])))['errcode']).toBe(40005)
  expect((await upload(sim, new Uint8Array([0x89])))['errcode']).toBe(44001)
  expect((await upload(sim, PNG, 'image', 'file'))['errcode']).toBe(44001)
  expect((await upload(sim, PNG, 'hologram'))['errcode']).toBe(40004)
})

test('unknown recipients come back in lower case while the rest get the message; none at all is 81013', async () => {
  const { call } = openSimulator()
  const body = { touser: 'rep-a|NotThere', msgtype: 'text', agentid: 1_000_002, text: { content: '新客户' } }
  expect(await call('message/send', body)).toMatchObject({ errcode: 0, invaliduser: 'notthere' })
  expect((await call('message/send', { ...body, touser: 'NotThere' })).errcode).toBe(81013)
  expect((await call('message/send', { ...body, touser: '' })).errcode).toBe(82001)
  expect((await call('message/send', { ...body, agentid: 1 })).errcode).toBe(301002)
})

test('past thirty messages a minute to one member the rest are dropped without a word', async () => {
  const { call, world } = openSimulator()
  const body = { touser: 'rep-a', msgtype: 'text', agentid: 1_000_002, text: { content: 'x' } }
  for (let n = 0; n < 35; n++) expect((await call('message/send', body)).errcode).toBe(0)
  expect(world.outbox).toHaveLength(30)
})
