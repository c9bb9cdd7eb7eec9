import { hash } from 'node:crypto'

/** The same text has the same id everywhere, so that what follows from something is made once. A uuid of version 8, made of a hash. */
export function derivedId(text: string): string {
  const hex = hash('sha1', text)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
