import type { TagTone } from '#shared/tags.ts'
import { AppError } from '#server/errors.ts'

const TONES: TagTone[] = ['b', 'v', 'g', 'r', 'w']
const LEVEL_GROUP = '等级'

/** Colours follow the order of the groups; the level group is gold, beside the customer's name. */
export const toneOf = (name: string, position: number): TagTone =>
  name === LEVEL_GROUP ? 'o' : TONES[position % TONES.length]!

/** A customer has one level; other groups allow several tags until somebody decides otherwise. */
export const startsSingleChoice = (name: string): boolean => name === LEVEL_GROUP

/** A tag as the rules see it: its group, and whether that group allows only one. */
export interface PlacedTag {
  id: string
  groupId: string
  single: boolean
}

/**
 * What to ask WeCom for. Adding a tag of a single-choice group takes off every other tag of that group, also ones that our
 * copy does not show. `library` holds the tags to add and all tags of the single-choice groups among them.
 */
export function planMarks(wanted: { add: string[]; remove: string[] }, library: PlacedTag[]) {
  const add = [...new Set(wanted.add)]
  const remove = new Set(wanted.remove)
  const chosen = new Map<string, string>()
  for (const id of add) {
    if (remove.has(id)) throw new AppError('invalid_input', '同一个标签不能又加又去')
    const tag = library.find((t) => t.id === id)
    if (!tag?.single) continue
    if (chosen.has(tag.groupId)) throw new AppError('invalid_input', '这个标签组只能选一个')
    chosen.set(tag.groupId, id)
  }
  for (const tag of library) {
    const choice = chosen.get(tag.groupId)
    if (choice !== undefined && choice !== tag.id) remove.add(tag.id)
  }
  return { add, remove: [...remove] }
}
