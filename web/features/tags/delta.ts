import type { CustomerTag, LibraryTag, TagGroup } from '#shared/tags.ts'

/** One change of a customer's tags: what goes on and what comes off. */
export interface Delta {
  add: CustomerTag[]
  remove: CustomerTag[]
}

export const reverse = ({ add, remove }: Delta): Delta => ({ add: remove, remove: add })

const has = (tags: CustomerTag[], tag: CustomerTag) => tags.some((one) => one.id !== null && one.id === tag.id)

/** The tags after a change; what is already there or already gone stays as it is. */
export const applied = (tags: CustomerTag[], { add, remove }: Delta): CustomerTag[] => [
  ...tags.filter((tag) => !has(remove, tag)),
  ...add.filter((tag) => !has(tags, tag)),
]

export const asCustomerTag = (tag: LibraryTag, group: TagGroup): CustomerTag => ({
  id: tag.id,
  name: tag.name,
  group: group.name,
  tone: group.tone,
})

/** What a tap on a tag means: off when it is on, else on, taking the place of any other of a single-choice group. */
export function tapped(tags: CustomerTag[], tag: LibraryTag, group: TagGroup): Delta {
  const on = tags.filter((one) => one.id === tag.id)
  if (on.length > 0) return { add: [], remove: on }
  const others = group.singleChoice ? tags.filter((one) => group.tags.some((other) => other.id === one.id)) : []
  return { add: [asCustomerTag(tag, group)], remove: others }
}
