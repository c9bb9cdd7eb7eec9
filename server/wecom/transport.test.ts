import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import { API, type Api } from './apis.ts'
import { WecomError } from './error.ts'
import { createExchange } from './transport.ts'

const CANARY = 'CanarySecretValue0123456789'
const open: Server[] = []

afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function wecomThat(answers: RequestListener): Promise<string> {
  const server = createServer(answers)
  open.push(server)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function failureOf(base: string, api: Api = { ...API.customer, timeoutMs: 80 }): Promise<WecomError> {
  const failure = await createExchange(base)(api, {
    query: { access_token: CANARY, corpsecret: CANARY },
    ...(api.method === 'post' && { body: { external_userid: CANARY } }),
  }).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(WecomError)
  return failure as WecomError
}

const troubles: Record<string, RequestListener> = {
  'an errcode that repeats the token': (_, res) =>
    res.end(JSON.stringify({ errcode: 40014, errmsg: `invalid access_token ${CANARY}, hint: [17699]` })),
  'no answer in time': () => undefined,
  'a connection reset': (req) => req.socket.resetAndDestroy(),
  'malformed JSON': (_, res) => res.end(`{"access_token":"${CANARY}"`),
  'JSON that is no object': (_, res) => res.end('[]'),
  'an unknown path': (_, res) => res.writeHead(404).end(),
  "a proxy's error page": (req, res) => res.writeHead(502).end(`<html>${req.url}</html>`),
  'a redirect': (req, res) => res.writeHead(301, { location: `/elsewhere${req.url}` }).end(),
}

test.for(Object.keys(troubles))('no secret, token or body shows in the error after %s', async (name) => {
  const failure = await failureOf(await wecomThat(troubles[name] as RequestListener))
  const everything = inspect(failure, { depth: 20, showHidden: true }) + failure.stack + JSON.stringify(failure)
  expect(everything).not.toContain(CANARY)
  expect(failure.message).toMatch(/[\u4e00-\u9fff]/)
})

test('a refusal is HTTP 200 with an errcode, and carries the code', async () => {
  const failure = await failureOf(await wecomThat((_, res) => res.end('{"errcode":84061,"errmsg":"whatever"}')))
  expect(failure).toMatchObject({ errcode: 84061, busy: false, api: '/cgi-bin/externalcontact/get' })
})

test('a success may lack errcode and errmsg', async () => {
  const base = await wecomThat((_, res) => res.end('{"ticket":"t"}'))
  await expect(createExchange(base)(API.customer, {})).resolves.toEqual({ ticket: 't' })
})

test('time-outs and resets are the same "no answer", worth another try', async () => {
  const silent = await failureOf(await wecomThat(troubles['no answer in time'] as RequestListener))
  const reset = await failureOf(await wecomThat(troubles['a connection reset'] as RequestListener))
  expect([silent.errcode, reset.errcode]).toEqual([-1000, -1000])
  expect([silent.busy, reset.busy]).toEqual([true, true])
})

test('bodies are literal UTF-8 JSON, since WeCom refuses escapes', async () => {
  let sent = ''
  const base = await wecomThat((req, res) => {
    req.setEncoding('utf8').on('data', (part: string) => (sent += part))
    req.on('end', () => res.end('{}'))
  })
  await createExchange(base)(API.remark, { body: { remark: '王女士 🌙' } })
  expect(sent).toBe('{"remark":"王女士 🌙"}')
})

test('reads share a connection; a write that must not be doubled gets a fresh one', async () => {
  const ports: (number | undefined)[] = []
  const base = await wecomThat((req, res) => {
    ports.push(req.socket.remotePort)
    req.resume().on('end', () => res.end('{}'))
  })
  const exchange = createExchange(base)
  await exchange(API.customer, {})
  await exchange(API.member, {})
  await exchange(API.addTag, { body: {} })
  expect(ports[1]).toBe(ports[0])
  expect(ports[2]).not.toBe(ports[0])
})

test('a redirect is not followed: it would turn a POST into a GET', async () => {
  const paths: (string | undefined)[] = []
  const base = await wecomThat((req, res) => {
    paths.push(req.url?.split('?')[0])
    res.writeHead(301, { location: '/elsewhere' }).end()
  })
  await failureOf(base, API.markTag)
  expect(paths).toEqual(['/cgi-bin/externalcontact/mark_tag'])
})

test('an image travels as multipart in the field "media", with its name', async () => {
  let sent = ''
  let type: string | undefined
  const base = await wecomThat((req, res) => {
    type = req.headers['content-type']
    req.setEncoding('utf8').on('data', (part: string) => (sent += part))
    req.on('end', () => res.end('{}'))
  })
  const body = new FormData()
  body.append('media', new Blob(['bytes'], { type: 'image/png' }), '尺码表.png')
  await createExchange(base)(API.upload, { body })
  expect(type).toMatch(/^multipart\/form-data; boundary=/)
  expect(sent).toContain('name="media"; filename="尺码表.png"')
  expect(sent).toContain('Content-Type: image/png')
})
