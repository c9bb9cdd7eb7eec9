import { afterEach, beforeEach, expect, test } from 'vitest'
import { type CheckId, reportOf } from '#shared/doctor.ts'
import { createWorld } from '#server/testing/world.ts'
import { enqueue } from '#server/jobs/enqueue.ts'
import type { Config } from '../../config.ts'
import { createApp } from '../../http/app.ts'
import { createWecom } from '../../wecom/client.ts'
import { diagnose } from './service.ts'
import type { Probe } from './verdict.ts'

const world = await createWorld()
const { deps, clock, sessions } = world
const HTTPS = 'https://pangbai.test'
const VERIFY = 'AbCd1234'
for (const userId of ['rep', 'rep-b']) await world.as(userId)
for (const member of world.shop.members) member.customerContact = true
await deps.sql`insert into departments (id, name, leader_user_ids, synced_at) values (1, '店', '{rep}', now())`
const settle = async () => {
  await deps.sql`delete from inbox`
  await deps.sql`insert into inbox (digest, event, fields, received_at) values ('d', 'e', '{}', now())`
}

/** The product set up with these settings: its doctor asks itself through the same app. */
function setUp(
  more: Partial<Omit<Config, 'wecom'>> & { wecom?: Partial<Config['wecom']> } = {},
  proxy: (answer: Response, url: string) => Response | Promise<Response> = (answer) => answer,
) {
  const config: Config = {
    ...deps.config,
    publicUrl: HTTPS,
    domainVerify: VERIFY,
    ...more,
    wecom: { ...deps.config.wecom, ...more.wecom },
  }
  const here = {
    ...deps,
    config,
    wecom: createWecom({ config, sql: deps.sql, now: clock.now, log: deps.log, http: world.transport }),
    now: () => new Date(),
  }
  const app = createApp(here, sessions)
  const probe: Probe = async (url) => {
    const answer = await proxy(await app.request(url), url)
    return { status: answer.status, text: await answer.text() }
  }
  return { here, app, diagnosis: () => diagnose(here, probe) }
}
beforeEach(settle)
afterEach(async () => {
  world.slow(0)
  await deps.sql`delete from wecom_credentials`
  for (const member of world.shop.members) Object.assign(member, { visible: true, customerContact: true })
  await deps.sql`delete from graphile_worker._private_jobs`
  await deps.sql`update departments set leader_user_ids = '{rep}'`
})

declare module 'vitest' {
  interface TaskMeta {
    verdict?: Record<'what' | 'check' | 'state' | 'found' | 'mend', string>
  }
}

type Setup = Parameters<typeof setUp>
const BROKEN: [
  what: string,
  check: CheckId,
  state: 'bad' | 'warn',
  says: string,
  break_: () => Promise<Setup> | Setup,
][] = [
  ['the secret is wrong', 'secret', 'bad', '40001', () => [{ wecom: { secret: 'wrong-secret-of-some-length' } }]],
  ['the corp id is wrong', 'secret', 'bad', '40013', () => [{ wecom: { corpId: 'wwnobody00000000' } }]],
  ['the server’s address is not trusted', 'trustedIp', 'bad', '60020', () => (world.fail('*', 60020, 99), [])],
  ['WeCom cannot be reached', 'api', 'bad', '-1000', () => (world.fail('*', -1000, 99), [])],
  ['WeCom is busy without end', 'api', 'bad', '-1', () => (world.fail('*', -1, 99), [])],
  ['the AgentId is another app’s', 'app', 'bad', '301002', () => [{ wecom: { agentId: 1_000_099 } }]],
  [
    'the app may not call customers’ APIs',
    'contact',
    'bad',
    '48002',
    () => (world.fail('externalcontact/get_follow_user_list', 48002, 9), []),
  ],
  [
    'nobody has customers’ contact',
    'contact',
    'bad',
    '没有人',
    () => {
      for (const member of world.shop.members) member.customerContact = false
      return []
    },
  ],
  [
    'a member is outside the app’s range',
    'range',
    'bad',
    'rep',
    () => {
      world.shop.members.find((member) => member.userid === 'rep')!.visible = false
      return []
    },
  ],
  ['the app may have no tickets', 'tickets', 'bad', '80001', () => (world.fail('get_jsapi_ticket', 80001, 9), [])],
  ['the page is served without https', 'address', 'bad', 'http://', () => [{ publicUrl: 'http://pangbai.test' }]],
  [
    'the domain leads elsewhere',
    'address',
    'bad',
    '502',
    () => [{}, () => new Response('bad gateway', { status: 502 })],
  ],
  ['the domain file is not set', 'domainFile', 'warn', 'DOMAIN_VERIFY', () => [{ domainVerify: undefined }]],
  [
    'the proxy keeps the domain file back',
    'domainFile',
    'bad',
    '404',
    () => [{}, (answer, url) => (url.endsWith('.txt') ? new Response('', { status: 404 }) : answer)],
  ],
  [
    'the proxy drops the callback’s parameters',
    'callback',
    'bad',
    '没有通过',
    () => [
      {},
      (answer, url) => (url.includes('/wecom/callback') ? new Response('forbidden', { status: 403 }) : answer),
    ],
  ],
  ['nobody signed in yet', 'oauth', 'warn', '50001', async () => (await deps.sql`delete from sessions`, [])],
  ['no event ever came', 'callbackKeys', 'warn', '还没收到', async () => (await deps.sql`delete from inbox`, [])],
  [
    'a job failed for good',
    'queue',
    'warn',
    '1 个作业',
    async () => {
      await enqueue(deps.sql, 'inbox.clean', {})
      await deps.sql`update graphile_worker._private_jobs set attempts = max_attempts`
      return []
    },
  ],
  [
    'no worker runs',
    'queue',
    'bad',
    '没人做',
    async () => {
      await enqueue(deps.sql, 'inbox.clean', {})
      await deps.sql`update graphile_worker._private_jobs set run_at = now() - interval '10 minutes'`
      return []
    },
  ],
  [
    'no department has a leader',
    'managers',
    'warn',
    '没有一个部门',
    async () => (await deps.sql`update departments set leader_user_ids = '{}'`, []),
  ],
]

test('a sound set-up: everything is in order, and every part was looked at', async () => {
  const { checks } = await setUp().diagnosis()
  expect(checks.filter((check) => check.state !== 'ok')).toEqual([])
  expect(checks.length).toBe(16)
})

test.for(BROKEN)('%s: the doctor says so, and where to mend it', async ([what, id, state, says, break_], { task }) => {
  const { diagnosis } = setUp(...(await break_()))
  const found = await diagnosis()
  const check = found.checks.find((one) => one.id === id)!
  // For `npm run bench -- doctor`, which prints what the doctor says of each.
  task.meta.verdict = { what, check: check.name, state: check.state, found: check.found, mend: check.mend }
  expect([check.state, `${check.found} ${check.mend}`.includes(says), check.mend !== '']).toEqual([state, true, true])
  const others = found.checks.filter((one) => one.state === 'bad' && one.id !== id).map((one) => one.id)
  expect(others.filter((other) => !['domainFile', 'callback'].includes(other))).toEqual([])
})

test('a callback with the wrong keys is counted and told', async () => {
  const { app, diagnosis } = setUp()
  await app.request('/wecom/callback?msg_signature=x&timestamp=1&nonce=1&echostr=x')
  expect((await diagnosis()).checks.find((check) => check.id === 'callbackKeys')).toMatchObject({ state: 'bad' })
})

test('clocks that differ', async () => {
  const { here } = setUp()
  const { checks } = await diagnose({ ...here, now: () => new Date(Date.now() + 60_000) }, async () => ({
    status: 200,
    text: 'alive',
  }))
  expect(checks.find((check) => check.id === 'clock')).toMatchObject({
    state: 'bad',
    found: expect.stringMatching(/(59|60|61) 秒/),
  })
})

test('the report holds no secret', async () => {
  const { diagnosis, here } = setUp()
  const report = reportOf(await diagnosis())
  const { secret, callbackToken, callbackAesKey } = here.config.wecom
  for (const hidden of [secret, callbackAesKey, here.config.sessionSecret, `Token ${callbackToken}`])
    expect(report).not.toContain(hidden)
})

test('the domain file is served where it is set, and no other', async () => {
  const { app } = setUp()
  expect(await (await app.request(`/WW_verify_${VERIFY}.txt`)).text()).toBe(VERIFY)
  expect((await app.request('/WW_verify_other.txt')).status).toBe(404)
})
