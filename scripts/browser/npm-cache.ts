import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const CACHE = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url))

/**
 * Fetches one npm package, exactly that version, once, into a folder of its own under node_modules/.cache: few machines
 * need it, so it is no dependency. Returns that folder, undefined when npm could not.
 */
export function installInCache(name: string, version: string, size: string): string | undefined {
  const folder = join(CACHE, `${name.slice(1).replaceAll(/\W+/g, '-')}-${version}`)
  if (existsSync(join(folder, 'node_modules', name, 'package.json'))) return folder
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"private":true}')
  process.stderr.write(`fetching ${name}@${version} (${size}, once)…\n`)
  const flags = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', `${name}@${version}`]
  const npm = spawnSync('npm', flags, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  return npm.status === 0 ? folder : undefined
}
