import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Home } from './home.ts'
import { identityOf } from './processes.ts'

/**
 * Who ends the database: the process that launched it, which Postgres itself remembers as a setting; when that one is gone,
 * whoever adopted the orphan, which a file remembers.
 */
export const LAUNCHER = 'pangbai.launcher'

export const me = (): string => identityOf(process.pid)

const file = (home: Home) => join(home.folder, 'adopter')
const lives = (identity: string) => identity !== '' && identityOf(Number.parseInt(identity, 10)) === identity

/** The living owner's pid and birth; empty when there is none. */
export function ownerOf(home: Home, launcher: string): string {
  return [launcher, adopter(home)].find(lives) ?? ''
}

/** Makes this process the owner of an orphan. Written whole or not at all, since another may be reading. */
export function adopt(home: Home): void {
  const draft = `${file(home)}-${process.pid}`
  writeFileSync(draft, me())
  renameSync(draft, file(home))
}

function adopter(home: Home): string {
  try {
    return readFileSync(file(home), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}
