import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const SOURCES = ['web', 'shared', 'vite.config.ts', 'package-lock.json']
const BUILT = join(ROOT, 'dist/web/.vite/manifest.json')

/** Whether the pages are missing, or older than anything they are made of (folders count: their time tells of removals). */
export function pagesAreOld(): boolean {
  if (!existsSync(BUILT)) return true
  const built = statSync(BUILT).mtimeMs
  return SOURCES.map((name) => join(ROOT, name)).some((path) => newest(path) > built)
}

function newest(path: string): number {
  const { mtimeMs } = statSync(path)
  if (!statSync(path).isDirectory()) return mtimeMs
  const inside = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => !name.endsWith('.test.ts'))
  return Math.max(mtimeMs, ...inside.map((name) => statSync(join(path, name)).mtimeMs))
}

/** Builds the pages with vite in a process of its own. Throws with what it said when that fails. */
export async function buildPages(signal: AbortSignal): Promise<void> {
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
  // In this order: the sidebar's build empties the folder.
  for (const more of [[], ['--mode', 'desk']]) await runVite([vite, 'build', '--logLevel', 'warn', ...more], signal)
}

async function runVite(command: string[], signal: AbortSignal): Promise<void> {
  const child = spawn(process.execPath, command, { cwd: ROOT, signal })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) throw new Error(`网页没有构建成功。 The web pages could not be built.\n${said}`)
}
