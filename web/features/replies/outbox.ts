import type { Input } from '#shared/endpoint.ts'
import { recordSend } from '#shared/sends.ts'
import { ApiError, call } from '#web/lib/api.ts'
import { readStored, store } from '#web/lib/storage.ts'

export type SendRecord = Input<typeof recordSend>
type Stored = { at: number; record: SendRecord }

const MOST = 200
const FIRST_WAIT_MS = 5_000
const LONGEST_WAIT_MS = 300_000
const HOPELESS = new Set<string>(['invalid_input', 'not_found', 'conflict', 'too_large'])

/**
 * What was sent but is not yet on the server, kept in this browser until it is. One storage item a record, so that two windows of one
 * member never overwrite each other; the record's key makes a double delivery harmless. `lost` hears how many had to be given up, `kept` of each that is there.
 */
export function openOutbox(memberId: string, lost: (count: number) => void, kept?: (record: SendRecord) => void) {
  const prefix = `pangbai.sent.${memberId}.`
  const unstored = new Map<string, Stored>()
  let flushing: Promise<void> | null = null
  let wait = FIRST_WAIT_MS
  let timer: ReturnType<typeof setTimeout> | undefined

  function waiting(): Stored[] {
    const stored = storedNames().flatMap((name) => (name.startsWith(prefix) ? read(name) : []))
    return [...stored, ...unstored.values()].sort((a, b) => a.at - b.at)
  }

  function read(name: string): Stored[] {
    const stored = readStored<Stored>(name)
    if (!stored) store(name, undefined) // Half written: it could never be delivered.
    return stored ? [stored] : []
  }

  function add(record: SendRecord): void {
    const stored = { at: Date.now(), record }
    // Storage full or forbidden: memory holds it while the page lives.
    if (!store(prefix + record.key, stored)) unstored.set(record.key, stored)
    const tooMany = waiting().slice(0, -MOST)
    for (const old of tooMany) drop(old.record.key)
    if (tooMany.length > 0) lost(tooMany.length)
    void flush()
  }

  function drop(key: string): void {
    unstored.delete(key)
    store(prefix + key, undefined)
  }

  function flush(): Promise<void> {
    flushing ??= deliver().finally(() => (flushing = null))
    return flushing
  }

  async function deliver(): Promise<void> {
    clearTimeout(timer)
    for (let next = waiting()[0]; next; next = waiting()[0]) {
      try {
        await call(recordSend, next.record)
        wait = FIRST_WAIT_MS
        kept?.(next.record)
      } catch (error) {
        if (!(error instanceof ApiError && HOPELESS.has(error.code))) return again()
        lost(1)
      }
      drop(next.record.key)
    }
  }

  function again(): void {
    timer = setTimeout(() => void flush(), wait)
    wait = Math.min(wait * 2, LONGEST_WAIT_MS)
  }

  /** Gives up what is waiting: at sign-out nothing stays on the device. */
  function clear(): void {
    for (const { record } of waiting()) drop(record.key)
  }

  function close(): void {
    clearTimeout(timer)
    window.removeEventListener('online', online)
  }

  const online = () => void flush()
  window.addEventListener('online', online)
  if (waiting().length > 0) void flush()
  return { add, flush, clear, close, count: () => waiting().length }
}

function storedNames(): string[] {
  try {
    return Object.keys(localStorage)
  } catch (error) {
    if (error instanceof DOMException) return [] // This client keeps nothing for us; memory has to do.
    throw error
  }
}

export type Outbox = ReturnType<typeof openOutbox>
