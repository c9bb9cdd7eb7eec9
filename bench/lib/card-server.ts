import { Hono } from 'hono'
import { serve } from '@hono/node-server'
import { loadConfig } from '../../server/config.ts'
import { createLog } from '../../server/log.ts'
import { startServer } from '../../server/main.ts'

/**
 * The server under load, in a process of its own: the real app on `database`, and beside it a bare Hono route that
 * answers the same number of bytes. Prints its two ports as JSON.
 */
const { database, bytes } = JSON.parse(process.argv[2] ?? '{}') as { database: object; bytes: number }
const config = loadConfig({
  PUBLIC_URL: 'http://localhost:1',
  SESSION_SECRET: 'bench-bench-bench-bench-bench-bench',
  WECOM_API_BASE: 'http://127.0.0.1:9',
  WECOM_CORP_ID: 'wwbench0000000001',
  WECOM_AGENT_ID: '1000002',
  WECOM_SECRET: 'bench-secret',
  WECOM_CALLBACK_TOKEN: 'bench',
  WECOM_CALLBACK_AES_KEY: 'x'.repeat(43),
  LOG_LEVEL: 'error',
  OPENINGS_LIMIT: '1000000',
})
const server = await startServer(config, { database, listenPort: 0, log: createLog('error'), jobs: false })
const body = JSON.stringify({ filler: 'x'.repeat(bytes - 13) })
const bare = new Hono().get('/bare', (c) => c.body(body, 200, { 'content-type': 'application/json' }))
serve({ fetch: bare.fetch, port: 0 }, ({ port }) => console.log(JSON.stringify({ app: server.port, bare: port })))
