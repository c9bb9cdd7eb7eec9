import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { fileURLToPath } from 'node:url'
import { acceptedEncodings } from './encoding.ts'

/** One answer in the encodings we have of it. */
export interface Encoded {
  type: string
  identity: Uint8Array<ArrayBuffer>
  gzip?: Uint8Array<ArrayBuffer>
  br?: Uint8Array<ArrayBuffer>
}

/** A page, cut where the boot data goes. */
export interface CutPage {
  before: string
  after: string
}

/** The built pages, read once. */
export interface WebPages {
  sidebar: CutPage
  desk: CutPage
  /** Of the sidebar's inline scripts, for the Content-Security-Policy. */
  scriptHashes: string[]
  assets: Map<string, Encoded>
}

const BUILT = fileURLToPath(new URL('../../dist/web', import.meta.url))
const MARKER = '<!--boot-->'
const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.map': 'application/json',
}
const PACKED = new Set(['.png', '.jpg', '.webp', '.woff2'])

/** Reads `folder` (default: what `npm run build` wrote); undefined when nothing has been built. */
export async function loadWeb(folder: string = BUILT): Promise<WebPages | undefined> {
  const read = (name: string) => readFile(join(folder, name), 'utf8').catch(absent)
  const [sidebar, desk] = [await read('sidebar.html'), await read('desk.html')]
  if (sidebar === undefined || desk === undefined) return undefined
  return {
    sidebar: cut('sidebar.html', sidebar),
    desk: cut('desk.html', desk),
    scriptHashes: inlineScripts(sidebar).map(sha256),
    assets: await loadAssets(folder),
  }
}

function cut(name: string, page: string): CutPage {
  const [before, after, ...more] = page.split(MARKER)
  if (before !== undefined && after !== undefined && more.length === 0) return { before, after }
  throw new Error(`${name} must contain ${MARKER} exactly once`)
}

async function loadAssets(folder: string): Promise<Map<string, Encoded>> {
  const names = (await readdir(join(folder, 'assets')).catch(absent)) ?? []
  const entries = names.map(async (name) => {
    const kind = extname(name)
    const bytes = new Uint8Array(await readFile(join(folder, 'assets', name)))
    const type = TYPES[kind] ?? 'application/octet-stream'
    return [name, PACKED.has(kind) ? { type, identity: bytes } : await encode(bytes, type, true)] as const
  })
  return new Map(await Promise.all(entries))
}

/** Compresses; brotli only where the result is kept. */
export async function encode(content: string | Uint8Array<ArrayBuffer>, type: string, kept = false): Promise<Encoded> {
  const identity = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const [zipped, small] = await Promise.all([
    promisify(gzip)(identity, { level: kept ? 9 : 6 }),
    kept ? promisify(brotliCompress)(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }) : undefined,
  ])
  return { type, identity, gzip: new Uint8Array(zipped), ...(small && { br: new Uint8Array(small) }) }
}

/** The best of what the browser accepts and we have. */
export function chooseEncoding(accepted: string | undefined, content: Encoded): 'br' | 'gzip' | 'identity' {
  const names = acceptedEncodings(accepted)
  if (content.br && names.has('br')) return 'br'
  return content.gzip && names.has('gzip') ? 'gzip' : 'identity'
}

function inlineScripts(page: string): string[] {
  return [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/gi)].map(([, code]) => code ?? '')
}

const sha256 = (code: string) => `sha256-${createHash('sha256').update(code, 'utf8').digest('base64')}`

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
