import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { getRequestListener } from '@hono/node-server'
import { createSimulator, type SimulatorCore, type SimulatorOptions } from './create.ts'
import { forward } from './gateway.ts'
import { goodsPage } from './goods-page.ts'
import { ConnectionReset } from './server-api.ts'

export interface StartOptions extends Omit<SimulatorOptions, 'publicUrl'> {
  /** 0: any free port. */
  port: number
  host?: string
  /** Default `http://localhost:<port>`. */
  publicUrl?: string
  /** The app behind the gateway; may be set later. */
  upstream?: string
}

export interface Simulator extends SimulatorCore {
  url: string
  origin: string
  setUpstream(url: string): void
  close(): Promise<void>
}

const CLIENT = fileURLToPath(new URL('./client/', import.meta.url))
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}
const PAGES: Record<string, string> = {
  '/__sim/': 'index.html',
  '/__sim': 'index.html',
  '/__sim/control': 'control.html',
}

/** Listens: server API, chat client and control page are its own; everything else goes through the gateway to the app. */
export async function startSimulator(options: StartOptions): Promise<Simulator> {
  let upstream = options.upstream
  let answer: ReturnType<typeof getRequestListener> | undefined
  const server = createServer((req, res) => {
    const path = (req.url ?? '/').split('?')[0] ?? '/'
    if (path === '/') return void res.writeHead(302, { location: '/__sim/' }).end()
    if (path.startsWith('/cgi-bin/') || path.startsWith('/__sim')) return void answer?.(req, res)
    if (upstream) return forward(upstream, req, res)
    res.writeHead(503, { 'content-type': 'text/plain; charset=utf-8' }).end('应用还没有启动')
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : options.port
  const publicUrl = options.publicUrl ?? `http://localhost:${port}`

  const core = createSimulator({ ...options, publicUrl })
  const days = setInterval(() => core.acts.settleTransfers(), 30_000)
  core.app.get('/__sim', (c) => c.redirect('/__sim/'))
  core.app.get('/__sim/goods/:sku', (c) => c.html(goodsPage(c.req.param('sku'), c.req.query())))
  core.app.get('/__sim/*', async (c) => {
    const name = PAGES[c.req.path] ?? c.req.path.slice('/__sim/'.length)
    const type = TYPES[extname(name)]
    if (!type || !/^[\w-]+\.\w+$/.test(name)) return c.notFound()
    try {
      return c.body(await readFile(join(CLIENT, name)), 200, {
        'content-type': `${type}; charset=utf-8`,
        'cache-control': 'no-cache',
      })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return c.notFound()
      throw error
    }
  })
  answer = getRequestListener(core.app.fetch, {
    errorHandler: (error) => {
      if (!(error instanceof ConnectionReset)) options.log?.(`pretend WeCom: ${String(error)}`)
      return new Response(null, { status: 500 })
    },
  })

  return {
    ...core,
    url: `${publicUrl}/__sim/`,
    origin: publicUrl,
    settings: { ...core.settings, apiBase: `http://127.0.0.1:${port}` },
    setUpstream: (url) => {
      upstream = url
    },
    close: async () => {
      clearInterval(days)
      core.callbacks.stop()
      core.flush()
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
