import { Agent, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream'

const SCRIPT = '<script src="/__sim/bootstrap.js"></script>'
const keepAlive = new Agent({ keepAlive: true, maxSockets: 256 })

/**
 * Stands where the client's web view stands: passes everything on to the app unchanged, except that HTML gets the bridge's
 * script first in its head, and that each pretend member has cookies of their own, as each account of a real client has.
 */
export function forward(upstream: string, from: IncomingMessage, to: ServerResponse): void {
  const target = new URL(upstream)
  const jar = readJar(from.headers.cookie ?? '')
  const out = request(
    {
      agent: keepAlive,
      host: target.hostname,
      port: target.port,
      path: from.url,
      method: from.method,
      headers: requestHeaders(from, jar),
    },
    (answer) => {
      const kept = { ...answer.headers }
      if (kept['set-cookie']) kept['set-cookie'] = kept['set-cookie'].map((line) => `${jar.prefix}${line}`)
      const isPage = /text\/html/.test(kept['content-type'] ?? '') && !kept['content-encoding']
      if (isPage && from.method !== 'HEAD') return inject(answer, to, kept)
      to.writeHead(answer.statusCode ?? 502, kept)
      // An app that dies in the middle breaks the answer off: the caller must not take it for whole.
      pipeline(answer, to, (error) => error && to.destroy())
    },
  )
  out.on('error', () => {
    if (to.headersSent) return void to.destroy()
    to.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' }).end('模拟器后面的应用没有应答')
  })
  to.on('close', () => out.destroy())
  from.pipe(out)
}

function requestHeaders(from: IncomingMessage, jar: Jar): IncomingHttpHeaders {
  const { cookie: _, ...headers } = from.headers
  const page = /text\/html/.test(headers.accept ?? '')
  return {
    ...headers,
    'user-agent': agentOf(headers['user-agent'] ?? '', jar),
    'x-forwarded-for': from.socket.remoteAddress ?? '',
    'x-forwarded-host': headers.host ?? '',
    'x-forwarded-proto': 'http',
    ...(jar.cookies && { cookie: jar.cookies }),
    ...(page && { 'accept-encoding': 'identity' }),
  }
}

function inject(answer: IncomingMessage, to: ServerResponse, headers: IncomingHttpHeaders): void {
  const chunks: Buffer[] = []
  answer.on('data', (chunk: Buffer) => chunks.push(chunk))
  answer.on('close', () => {
    if (!answer.complete) return void to.destroy()
    const body = withScript(Buffer.concat(chunks).toString('utf8'))
    const { 'transfer-encoding': _, ...rest } = headers
    to.writeHead(answer.statusCode ?? 200, { ...rest, 'content-length': Buffer.byteLength(body) }).end(body)
  })
}

/** First in the head; a page without one gets it before everything else. */
const withScript = (page: string): string => {
  if (page === '') return page
  const injected = page.replace(/<head(?:\s[^>]*)?>/i, (head) => head + SCRIPT)
  return injected === page ? page.replace(/^(\s*<!doctype[^>]*>)?/i, (start) => start + SCRIPT) : injected
}

interface Jar {
  member: string
  device: string
  prefix: string
  cookies: string
}

/** A client names itself in the header too, which a page's script cannot change; a plain browser and WeChat do not. */
const agentOf = (agent: string, { member, device }: Jar): string =>
  member === 'nobody' || device === 'plain' || device === 'wechat'
    ? agent
    : `${agent} wxwork/5.0.10 (MicroMessenger/6.2)`

/** The current member's own cookies, under the names the app gave them. */
function readJar(header: string): Jar {
  const pairs = header.split(/;\s*/).filter((pair) => pair.includes('='))
  const valueOf = (name: string) => pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
  const member = valueOf('wwsim_member') ?? 'nobody'
  // A dot ends the name, so that the jar of `lin` does not open that of `lin.xiaoyu`.
  const prefix = `m.${member.replaceAll('.', '~')}.`
  const mine = pairs.filter((pair) => pair.startsWith(prefix)).map((pair) => pair.slice(prefix.length))
  return { member, device: valueOf('wwsim_device') ?? '', prefix, cookies: mine.join('; ') }
}
