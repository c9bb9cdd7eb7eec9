import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * The least that any sidebar must do, for comparison on the same machine in the same run: one page, the bridge asked for the
 * customer, with `?card` one request for the card, and a heading. No style sheet, no application.
 */
export async function startFloor(name: string): Promise<{ origin: string; close(): void }> {
  const page = `<!doctype html><meta charset="utf-8"><title>floor</title><body><script>
    const ask = (api) => new Promise((done) => WeixinJSBridge.invoke(api, {}, done))
    ask('agentConfig')
      .then(() => Promise.all([ask('getContext'), ask('getCurExternalContact')]))
      .then(() => location.search && fetch('/card').then((answer) => answer.json()))
      .then(() => { document.body.append(Object.assign(document.createElement('h1'), { textContent: ${JSON.stringify(name)} })) })
  </script>`
  const server = createServer((request, answer) => {
    if (request.url === '/card') return answer.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    answer.writeHead(200, { 'content-type': 'text/html', 'cache-control': 'no-store' }).end(page)
  }).listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
