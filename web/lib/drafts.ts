import { openKeep } from './keep.ts'

const keep = openKeep<unknown>('drafts')
const keyOf = (member: string, customerId: string, what: string) => `${member}/${customerId}/${what}`

/** An unfinished text of one member for one customer; it survives the page. */
export const readDraft = <T>(member: string, customerId: string, what: string): Promise<T | undefined> =>
  keep.get(keyOf(member, customerId, what)) as Promise<T | undefined>

/** undefined forgets it. */
export const writeDraft = (member: string, customerId: string, what: string, draft: unknown): Promise<void> =>
  draft === undefined ? keep.drop(keyOf(member, customerId, what)) : keep.set(keyOf(member, customerId, what), draft)

/** At sign-out: nothing about customers stays on the device. */
export async function wipeDrafts(): Promise<void> {
  for (const [key] of await keep.all()) await keep.drop(key)
}
