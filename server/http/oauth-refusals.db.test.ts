import { expect, test } from 'vitest'
import { createSignIn, departments, rep } from '../testing/sign-in.ts'
import { inWords } from '../wecom/advice.ts'
import { WecomError } from '../wecom/error.ts'

const { app, answers, codes, logged, begin, finish, countSessions } = await createSignIn()

function refuse(errcode: number, errmsg = ''): Promise<never> {
  const words = inWords(errcode, errmsg)
  return Promise.reject(new WecomError('/cgi-bin/auth/getuserinfo', errcode, words, errcode === -1))
}

const REFUSALS = [
  {
    why: 'an untrusted IP',
    errcode: 60020,
    errmsg: 'no, from ip: 203.0.113.25, more',
    status: 403,
    words: '203.0.113.25',
  },
  { why: 'an untrusted domain', errcode: 50001, errmsg: '', status: 403, words: '可信域名' },
  { why: 'a used code', errcode: 40029, errmsg: '', status: 403, words: '请重新登录' },
  { why: 'a busy WeCom', errcode: -1, errmsg: '', status: 503, words: '请稍后再试' },
]

test.for(REFUSALS)('$why is explained on a page, with a code, a request id and a way to try again', async (given) => {
  answers.memberOfCode = () => refuse(given.errcode, given.errmsg)
  const { state, cookie } = await begin('/sidebar?a=1&b=2')
  const res = await finish({ code: 'CanaryCode', state }, cookie)
  const page = await res.text()
  expect(res.status).toBe(given.status)
  expect(page).toContain(given.words)
  expect(page).toContain(`wecom_${given.errcode} · ${res.headers.get('x-request-id')}`)
  expect(page).toContain(`href="/auth/login?return=${encodeURIComponent('/sidebar?a=1&b=2')}"`)
  expect(page + logged()).not.toContain('CanaryCode')
  expect(await countSessions()).toBe(0)
})

test('a stranger is told that this is for members', async () => {
  answers.memberOfCode = async () => undefined
  const { state, cookie } = await begin()
  const res = await finish({ code: 'c', state }, cookie)
  expect([res.status, await countSessions()]).toEqual([403, 0])
  expect(await res.text()).toContain('只供本企业的成员使用')
})

test.for([undefined, { ...rep, status: 2 }, { ...rep, status: 4 }, { ...rep, status: 5 }])(
  'WeCom names people who may not use the app: %j gets no session',
  async (member) => {
    answers.readMember = async () => member
    const { state, cookie } = await begin()
    const res = await finish({ code: 'c', state }, cookie)
    expect([res.status, await countSessions()]).toEqual([403, 0])
    expect(await res.text()).toContain('可见范围')
  },
)

test('a member who lost their place loses the sessions they had', async () => {
  const first = await begin()
  const signedIn = await finish({ code: 'c', state: first.state }, first.cookie)
  const cookie = signedIn.headers.getSetCookie().find((set) => set.startsWith('__Host-pangbai=')) ?? ''
  answers.readMember = async () => undefined
  const again = await begin()
  await finish({ code: 'c', state: again.state }, again.cookie)
  expect((await app.request('/api/me', { headers: { cookie: cookie.split(';')[0] ?? '' } })).status).toBe(401)
})

test('a member can work though the departments cannot be read', async () => {
  answers.listDepartments = () => refuse(60011)
  const { state, cookie } = await begin()
  expect((await finish({ code: 'c', state }, cookie)).status).toBe(302)
})

test('departments that are known are not listed again: WeCom calls it slow', async () => {
  let listed = 0
  answers.listDepartments = async () => (listed++, departments)
  for (let i = 0; i < 2; i++) {
    const { state, cookie } = await begin()
    await finish({ code: 'c', state }, cookie)
  }
  expect(listed).toBe(1)
})

test('whoever cancels at WeCom comes back without a code and reads so', async () => {
  const { state, cookie } = await begin()
  const res = await finish({ state }, cookie)
  expect([res.status, codes]).toEqual([400, []])
  expect(await res.text()).toContain('可能是取消了登录')
})
