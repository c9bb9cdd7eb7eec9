import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

const LOOK_MS = 100

export interface Proxy {
  url: string
  /** Requests go to these ports in turn from now on. */
  route(ports: number[]): void
  /** How many requests each port has answered. */
  served: Map<number, number>
  close(): void
}

/**
 * A round-robin proxy as small as one can be: every request to the next node that says it is ready, and to the one after it
 * when a node takes no connection. It tries nothing twice that may have reached a node.
 */
export async function startProxy(): Promise<Proxy> {
  let all: number[] = []
  let ports: number[] = []
  let turn = 0
  const served = new Map<number, number>()
  const server = createServer((req, res) => {
    const parts: Buffer[] = []
    req.on('data', (part: Buffer) => parts.push(part))
    // None ready: perhaps they only say so of a database that is away, and can answer that themselves.
    req.on('end', () => attempt(ports.length || all.length))

    function attempt(left: number): void {
      const among = ports.length > 0 ? ports : all
      const port = among[turn++ % among.length]
      if (port === undefined || left === 0) return void res.writeHead(502).end('no node')
      let connected = false
      const up = request({
        host: '127.0.0.1',
        port,
        path: req.url,
        method: req.method,
        headers: { ...req.headers, connection: 'close' },
        agent: false,
      })
      up.on('socket', (socket) => socket.once('connect', () => (connected = true)))
      up.on('response', (answer) => {
        served.set(port, (served.get(port) ?? 0) + 1)
        res.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(res)
      })
      up.on('error', () => {
        if (!connected) attempt(left - 1)
        else if (!res.headersSent) res.writeHead(502).end('node broke off')
        else res.destroy()
      })
      up.end(Buffer.concat(parts))
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const looking = setInterval(() => {
    for (const port of all)
      void fetch(`http://127.0.0.1:${port}/readyz`).then(
        ({ status }) => set(port, status === 200),
        () => set(port, false),
      )
  }, LOOK_MS)
  const set = (port: number, ready: boolean) => {
    if (ready !== ports.includes(port) && all.includes(port))
      ports = ready ? [...ports, port] : ports.filter((one) => one !== port)
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    route: (to) => {
      all = to
      ports = to
    },
    served,
    close: () => {
      clearInterval(looking)
      server.closeAllConnections()
      server.close()
    },
  }
}
