import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http'

const SCRIPT = '<script src="/__sim/bootstrap.js"></script>'
const keepAlive = new Agent({ keepAlive: true, maxSockets: 256 })

/**
 * Stands where the client's web view stands: passes everything on to the app unchanged, except that HTML gets the bridge's
 * script first in its head, and that each pretend member has cookies of their own, as each account of a real client has.
 */
export function forward(upstream: string, from: IncomingMessage, to: ServerResponse): void {
  const target = new URL(from.url ?? '/', upstream)
  const { member, device, cookies } = readJar(from.headers.cookie ?? '')
  const page = /text\/html/.test(from.headers.accept ?? '')
  const headers = {
    ...from.headers,
    cookie: cookies,
    'user-agent': agentOf(from.headers['user-agent'] ?? '', member, device),
    'x-forwarded-for': from.socket.remoteAddress ?? '',
    ...(page && { 'accept-encoding': 'identity' }),
  }
  if (cookies === '') delete (headers as { cookie?: string }).cookie
  const out = request(
    { agent: keepAlive, host: target.hostname, port: target.port, path: from.url, method: from.method, headers },
    (answer) => {
      const kept = {
        ...answer.headers,
        ...(answer.headers['set-cookie'] && {
          'set-cookie': answer.headers['set-cookie'].map((line) => `m.${member}.${line}`),
        }),
      }
      if (/text\/html/.test(answer.headers['content-type'] ?? '') && !answer.headers['content-encoding'])
        return inject(answer, to, kept)
      to.writeHead(answer.statusCode ?? 502, kept)
      answer.pipe(to)
    },
  )
  out.on('error', () => {
    if (to.headersSent) return void to.destroy()
    to.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' }).end('模拟器后面的应用没有应答')
  })
  to.on('close', () => out.destroy())
  from.pipe(out)
}

function inject(answer: IncomingMessage, to: ServerResponse, headers: IncomingMessage['headers']): void {
  const chunks: Buffer[] = []
  answer.on('data', (chunk: Buffer) => chunks.push(chunk))
  answer.on('end', () => {
    const body = Buffer.concat(chunks)
      .toString('utf8')
      .replace(/<head[^>]*>/i, (head) => head + SCRIPT)
    const { 'transfer-encoding': _, ...rest } = headers
    to.writeHead(answer.statusCode ?? 200, { ...rest, 'content-length': Buffer.byteLength(body) }).end(body)
  })
}

/** A client names itself in the header too, which a page's script cannot change; a plain browser and WeChat do not. */
const agentOf = (agent: string, member: string, device: string): string =>
  member === 'nobody' || device === 'plain' || device === 'wechat'
    ? agent
    : `${agent} wxwork/5.0.10 (MicroMessenger/6.2)`

/** The current member's own cookies, under the names the app gave them. */
function readJar(header: string): { member: string; device: string; cookies: string } {
  const pairs = header.split(/;\s*/).filter((pair) => pair.includes('='))
  const valueOf = (name: string) => pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
  const member = valueOf('wwsim_member') ?? 'nobody'
  const prefix = `m.${member}.`
  return {
    member,
    device: valueOf('wwsim_device') ?? '',
    cookies: pairs
      .filter((pair) => pair.startsWith(prefix))
      .map((pair) => pair.slice(prefix.length))
      .join('; '),
  }
}
