import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Home } from './home.ts'
import { identityOf } from './processes.ts'

const file = (home: Home) => join(home.folder, 'owner')

/** The living process that will stop this database, if any: pid and birth. Whoever started it, or adopted it as an orphan. */
export function ownerOf(home: Home): string | undefined {
  try {
    const noted = readFileSync(file(home), 'utf8')
    return noted !== '' && identityOf(Number.parseInt(noted, 10)) === noted ? noted : undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

export const own = (home: Home): void => writeFileSync(file(home), identityOf(process.pid))

export const isOwner = (home: Home): boolean => ownerOf(home) === identityOf(process.pid)
