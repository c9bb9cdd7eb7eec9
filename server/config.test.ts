import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ConfigError, loadConfig, settings } from './config.ts'

const SECRET = 'a-long-enough-secret-for-a-test-0123456789'
const wecom = {
  WECOM_CORP_ID: 'ww0123456789',
  WECOM_AGENT_ID: '1000002',
  WECOM_SECRET: 'app-secret-canary',
  WECOM_CALLBACK_TOKEN: 'token123',
  WECOM_CALLBACK_AES_KEY: 'a'.repeat(43),
}
const production = { ...wecom, NODE_ENV: 'production', PUBLIC_URL: 'https://pangbai.example', SESSION_SECRET: SECRET }

/** What is wrong, as `SETTING code`. */
const problems = (env: Record<string, string>): string[] => {
  try {
    loadConfig(env)
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.problems.map(({ setting, code }) => `${setting} ${code}`)
  }
}

describe('the demo', () => {
  test('no settings at all give the demo, on an embedded database', () => {
    expect(loadConfig({})).toMatchObject({
      mode: 'demo',
      port: 5180,
      publicUrl: 'http://localhost:5180',
      database: undefined,
      production: false,
    })
  })

  test('an empty value counts as absent, so a copied .env.example still gives the demo', () => {
    expect(loadConfig({ PORT: '', WECOM_CORP_ID: '', DATABASE_URL: '' })).toMatchObject({ mode: 'demo', port: 5180 })
  })

  test('the public address follows the port', () => {
    expect(loadConfig({ PORT: '7000' }).publicUrl).toBe('http://localhost:7000')
  })
})

describe('a real WeCom', () => {
  test('defaults to the real hosts', () => {
    expect(loadConfig(production).wecom).toEqual({
      apiBase: 'https://qyapi.weixin.qq.com',
      authorizeUrl: 'https://open.weixin.qq.com/connect/oauth2/authorize',
      webLoginUrl: 'https://login.work.weixin.qq.com/wwlogin/sso/login',
      corpId: 'ww0123456789',
      agentId: 1000002,
      secret: 'app-secret-canary',
      callbackToken: 'token123',
      callbackAesKey: 'a'.repeat(43),
    })
  })

  test('one base moves both sign-in pages', () => {
    const { authorizeUrl, webLoginUrl } = loadConfig({
      ...production,
      WECOM_OAUTH_BASE: 'https://wx.example/in/',
    }).wecom
    expect([authorizeUrl, webLoginUrl]).toEqual([
      'https://wx.example/in/connect/oauth2/authorize',
      'https://wx.example/in/wwlogin/sso/login',
    ])
  })

  test('half of its settings are refused, each missing one by name', () => {
    expect(
      problems({ WECOM_CORP_ID: 'ww0123456789', SESSION_SECRET: SECRET, PUBLIC_URL: 'http://localhost:5180' }),
    ).toEqual([
      'WECOM_AGENT_ID missing',
      'WECOM_SECRET missing',
      'WECOM_CALLBACK_TOKEN missing',
      'WECOM_CALLBACK_AES_KEY missing',
    ])
  })
})

describe('production', () => {
  test('starts when everything is there', () =>
    expect(loadConfig(production)).toMatchObject({ mode: 'real', production: true }))

  test('refuses to run as a demo', () => {
    expect(problems({ NODE_ENV: 'production' })).toEqual(
      expect.arrayContaining(['WECOM_CORP_ID missing', 'SESSION_SECRET missing']),
    )
  })

  test.each([
    ['short', 'tooshort'],
    ['the demo default', loadConfig({}).sessionSecret],
    ['a placeholder', 'change-me-change-me-change-me-change-me'],
  ])('refuses a session secret that is %s', (_, secret) => {
    expect(problems({ ...production, SESSION_SECRET: secret })).toEqual(['SESSION_SECRET unsafe'])
  })

  test('refuses an address without https', () => {
    expect(problems({ ...production, PUBLIC_URL: 'http://pangbai.example' })).toEqual(['PUBLIC_URL unsafe'])
  })
})

test('every wrong setting is named at once', () => {
  const wrong = {
    PORT: 'x',
    DATABASE_URL: 'mysql://h/d',
    WECOM_AGENT_ID: 'abc',
    WECOM_CALLBACK_AES_KEY: 'short',
    LOG_LEVEL: 'loud',
  }
  expect(problems({ ...production, ...wrong })).toEqual(Object.keys(wrong).map((name) => `${name} invalid`))
})

test.each(['ftp://h', 'https://h/path', 'https://user@h', 'https://h?x=1', 'h'])('%s is no public address', (value) => {
  expect(problems({ PUBLIC_URL: value })).toEqual(['PUBLIC_URL invalid'])
})

test.each(['-1', '65536', '1e3', '80.5'])('%s is no port', (value) => {
  expect(problems({ PORT: value })).toEqual(['PORT invalid'])
})

test('no error repeats a secret', () => {
  const canaries = {
    ...wecom,
    SESSION_SECRET: 'canary-a',
    WECOM_SECRET: 'canary b c d e',
    WECOM_CALLBACK_TOKEN: 'canary-c',
    WECOM_CALLBACK_AES_KEY: 'canary-d',
    DATABASE_URL: 'mysql://u:canary-e@h/d',
    NODE_ENV: 'production',
  }
  expect(() => loadConfig(canaries)).toThrow(ConfigError)
  expect(() => loadConfig(canaries)).not.toThrow(/canary/)
})

test('.env.example explains exactly the settings there are', () => {
  const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
  const named = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name)
  expect(named.toSorted()).toEqual(Object.keys(settings.shape).toSorted())
})

describe('a language model', () => {
  const model = { ASSISTANT_BASE_URL: 'https://model.example/v1/', ASSISTANT_API_KEY: 'sk-1', ASSISTANT_MODEL: 'm-1' }

  test('is there when all three are given, and has a daily budget of its own', () => {
    expect(loadConfig(model)).toMatchObject({
      assistant: { baseUrl: 'https://model.example/v1', apiKey: 'sk-1', model: 'm-1' },
      dailyDrafts: 100,
    })
    expect(loadConfig({ ...model, ASSISTANT_DAILY_DRAFTS: '7' }).dailyDrafts).toBe(7)
    expect(loadConfig({}).assistant).toBeUndefined()
  })

  test('in part is a mistake', () => {
    expect(problems({ ASSISTANT_BASE_URL: model.ASSISTANT_BASE_URL })).toEqual([
      'ASSISTANT_API_KEY missing',
      'ASSISTANT_MODEL missing',
    ])
    expect(problems({ ...model, ASSISTANT_BASE_URL: 'ftp://x' })).toContain('ASSISTANT_BASE_URL invalid')
  })
})
