import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { installInCache } from './npm-cache.ts'

const VERSION = '153.0.0'

/** The Chromium of the npm package @sparticuz/chromium, fetched once; undefined where there is none or it cannot be fetched. */
export async function npmChromium(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const folder = installInCache('@sparticuz/chromium', VERSION, '70 MB')
  if (!folder) return undefined
  // It unpacks to <temp>/chromium whatever its version, and brings libnss3 along only where it believes to be on Lambda.
  const temp = join(folder, 'tmp')
  mkdirSync(temp, { recursive: true })
  const kept = process.env['TMPDIR']
  process.env['TMPDIR'] = temp
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x'
  try {
    const entry = createRequire(join(folder, 'index.js')).resolve('@sparticuz/chromium')
    const loaded = (await import(pathToFileURL(entry).href)) as { default: { executablePath(): Promise<string> } }
    return await loaded.default.executablePath()
  } finally {
    if (kept === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = kept
  }
}
