import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDemoProcess } from '../scripts/test/demo-process.ts'

/** `npm start` on a free port and data of its own; tests find it as baseURL. PANGBAI_E2E_URL given: that one is used. */
export default async function setUp(): Promise<() => Promise<void>> {
  if (process.env['PANGBAI_E2E_URL']) return async () => undefined
  const dataDir = mkdtempSync(join(tmpdir(), 'pangbai-e2e-'))
  chmodSync(dataDir, 0o755) // under root Postgres is another user
  const demo = await startDemoProcess({ DATA_DIR: dataDir, LOG_LEVEL: 'warn' })
  process.env['PANGBAI_E2E_URL'] = demo.url
  return async () => {
    await demo.end('SIGTERM')
    rmSync(dataDir, { recursive: true, force: true })
  }
}
