import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterAll, expect, test } from 'vitest'
import { type Config, loadConfig } from '../config.ts'
import { createLog } from '../log.ts'
import { answerError } from './errors.ts'
import type { Env } from './mount.ts'
import { setup } from './setup.ts'
import { makeShop } from '../testing/shop.ts'
import { createPretend } from '../testing/pretend.ts'
import { type Refusal, tryApp } from '../wecom/try-app.ts'

const dir = mkdtempSync(join(tmpdir(), 'pangbai-setup-'))
afterAll(() => rmSync(dir, { recursive: true }))
const CODE = 'only-the-terminal-knows'
const GOOD = {
  PUBLIC_URL: 'https://pangbai.example.com',
  WECOM_CORP_ID: 'ww1234567890abcdef',
  WECOM_AGENT_ID: '1000002',
  WECOM_SECRET: 'a-secret-of-some-length',
}
/** What WeCom would say is scripted here; that WeCom does say it stands below. */
function open(file: string, setupCode: string | undefined = CODE, said?: Refusal) {
  const app = new Hono<Env>()
  app.onError((error, c) => answerError(createLog('silent'), error, c))
  setup(app, { config: { setupCode } as Config }, join(dir, file), () => Promise.resolve(said))
  const send = (values: Record<string, string>) =>
    app.request('/setup', { method: 'POST', body: new URLSearchParams({ code: CODE, ...values }).toString() })
  return { app, send, path: join(dir, file) }
}

test('four values make a whole set of settings, for their owner’s eyes alone', async () => {
  const { send, path } = open('good')
  const answer = await send(GOOD)
  const text = readFileSync(path, 'utf8')
  const settings = Object.fromEntries(
    text
      .trim()
      .split('\n')
      .map((line) => line.split(/=(.*)/).slice(0, 2) as [string, string]),
  )
  expect(loadConfig(settings)).toMatchObject({ mode: 'real', production: true, publicUrl: GOOD.PUBLIC_URL })
  expect([answer.status, statSync(path).mode & 0o777]).toEqual([200, 0o600])
  const page = await answer.text()
  expect([
    page.includes(settings['WECOM_CALLBACK_AES_KEY']!),
    page.includes(GOOD.WECOM_SECRET),
    page.includes(settings['SESSION_SECRET']!),
  ]).toEqual([true, false, false])
})

test('what is wrong is said beside its field, nothing is written, and the secret is not sent back', async () => {
  const { send, path } = open('bad')
  const answer = await send({ ...GOOD, PUBLIC_URL: 'http://pangbai.example.com', WECOM_AGENT_ID: 'abc' })
  const page = await answer.text()
  expect([
    answer.status,
    existsSync(path),
    page.includes('正式环境必须用 https'),
    page.includes(GOOD.WECOM_SECRET),
  ]).toEqual([400, false, true, false])
})

test('settings that are there are not overwritten', async () => {
  const { send, path } = open('twice')
  await send(GOOD)
  const before = readFileSync(path, 'utf8')
  expect([(await send({ ...GOOD, WECOM_AGENT_ID: '1000003' })).status, readFileSync(path, 'utf8')]).toEqual([
    409,
    before,
  ])
})

test('without the terminal’s code, and in a real set-up, there is no such page', async () => {
  const { app, send, path } = open('code')
  expect((await app.request('/setup')).status).toBe(404)
  expect((await send({ ...GOOD, code: 'guessed' })).status).toBe(404)
  expect((await app.request(`/setup?code=${CODE}`)).status).toBe(200)
  expect(existsSync(path)).toBe(false)
  const real = open('real', '')
  expect(
    loadConfig({
      ...GOOD,
      SESSION_SECRET: 'x'.repeat(40),
      WECOM_CALLBACK_TOKEN: 'T',
      WECOM_CALLBACK_AES_KEY: 'a'.repeat(43),
    }).setupCode,
  ).toBeUndefined()
  expect((await real.app.request('/setup?code=anything')).status).toBe(404)
})

test('what is typed is text on the page', async () => {
  const { send } = open('html')
  expect(await (await send({ ...GOOD, PUBLIC_URL: '"><script>alert(1)</script>' })).text()).not.toContain('<script>')
})

test('a secret that WeCom refuses is said beside its field and nothing is written; an address not trusted yet is told and written', async () => {
  const wrong = open('wrong', CODE, { setting: 'WECOM_SECRET', message: 'Secret 不对' })
  const answer = await wrong.send(GOOD)
  expect([answer.status, existsSync(wrong.path), (await answer.text()).includes('Secret 不对')]).toEqual([
    400,
    false,
    true,
  ])
  const far = open('far', CODE, { setting: null, message: '请在「企业可信IP」中加入 203.0.113.25' })
  const written = await far.send(GOOD)
  expect([written.status, existsSync(far.path), (await written.text()).includes('203.0.113.25')]).toEqual([
    200,
    true,
    true,
  ])
})

test('WeCom names the value that is wrong: secret, corp, app', async () => {
  const { config, transport, fail } = createPretend(makeShop(), () => new Date())
  const { wecom } = config
  expect(await tryApp(wecom, transport)).toBeUndefined()
  const blamed = async (wrong: Partial<typeof wecom>) => (await tryApp({ ...wecom, ...wrong }, transport))?.setting
  expect([
    await blamed({ secret: 'another-secret-of-some-length' }),
    await blamed({ corpId: 'ww0000000000000000' }),
    await blamed({ agentId: wecom.agentId + 1 }),
  ]).toEqual(['WECOM_SECRET', 'WECOM_CORP_ID', 'WECOM_AGENT_ID'])
  fail('gettoken', -1000, 1)
  expect(await tryApp(wecom, transport)).toMatchObject({ setting: null, message: expect.stringContaining('连不上') })
})
