import { createHash } from 'node:crypto'

/** The same name has the same id on every machine. */
export function idOf(kind: string, name: string): string {
  const hex = createHash('sha256').update(`pangbai demo ${kind} ${name}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
