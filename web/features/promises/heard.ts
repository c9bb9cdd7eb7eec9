import { findPromises, type FoundPromise } from '#shared/promises.ts'
import { locale } from '#web/lib/i18n.ts'
import { readStored, store } from '#web/lib/storage.ts'
import { whenText } from '#web/lib/when.ts'
import { t } from './messages.ts'

const MOST_WAVED = 300

/** The first promise in a text that this member has not waved away for this customer. */
export function heard(member: string, customerId: string, text: string, now = new Date()): FoundPromise | null {
  const waved = wavedOf(member)
  return findPromises(text, now).find(({ title }) => !waved.includes(markOf(customerId, title))) ?? null
}

/** Not asked again for the same words. A hash of them is kept in this browser, nothing that can be read. */
export function wave(member: string, customerId: string, { title }: FoundPromise): void {
  const marks = [...wavedOf(member), markOf(customerId, title)].slice(-MOST_WAVED)
  store(keyOf(member), marks)
}

export const promiseText = ({ title, dueAt, due }: FoundPromise): string =>
  t(due === 'event' ? 'heardEvent' : 'heard', { title, when: whenText(dueAt, locale.value) })

const keyOf = (member: string) => `pangbai.waved.${member}`
const wavedOf = (member: string): string[] => readStored<string[]>(keyOf(member)) ?? []

/** FNV-1a of 32 bits. */
function markOf(customerId: string, title: string): string {
  const text = `${customerId} ${title}`
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash >>> 0).toString(36)
}
