import { totalmem } from 'node:os'

const MB = 1024 * 1024

/** An eighth of the memory we may use (a container's limit counts), between 32 MB and 1 GB, as a Postgres setting. */
export function sharedBuffers(total = totalmem(), limit = process.constrainedMemory()): string {
  const usable = limit > 0 && limit < total ? limit : total
  return `${Math.max(32, Math.min(1024, Math.floor(usable / 8 / MB)))}MB`
}
