import type { LibraryTag, TagGroup } from '#shared/tags.ts'
import { fold } from '../replies/fold.ts'
import { readAsPinyin, unitsOf } from '../replies/pinyin.ts'

/** The groups with only the tags that answer the query: by name, pinyin or initials. A group's own name brings all its tags. */
export function findTags(groups: TagGroup[], query: string): TagGroup[] {
  const word = fold(query).replace(/\s+/g, '')
  if (word === '') return groups
  return groups
    .map((group) =>
      fold(group.name).includes(word) ? group : { ...group, tags: group.tags.filter((tag) => answers(tag, word)) },
    )
    .filter((group) => group.tags.length > 0)
}

function answers(tag: LibraryTag, word: string): boolean {
  if (fold(tag.name).replace(/\s+/g, '').includes(word)) return true
  const units = unitsOf(tag.name, tag.pinyin)
  return units
    ? readAsPinyin(units, word) !== null
    : tag.pinyin.replace(/\s+/g, '').includes(word) || tag.initials.includes(word)
}

/** Is there a tag of exactly this name already? */
export const isNamed = (groups: TagGroup[], name: string): boolean =>
  groups.some((group) => group.tags.some((tag) => fold(tag.name.trim()) === fold(name.trim())))
