import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Installs Debian packages where that is possible without asking anybody: as root, with apt. Returns whether it worked. */
export function installWithApt(packages: string[]): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  process.stderr.write(`installing ${packages.join(' ')} with apt-get…\n`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...flags: string[]) =>
    spawnSync('apt-get', ['-qq', ...flags], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  return apt('update').status === 0 && apt('install', '-y', '--no-install-recommends', ...packages).status === 0
}
