import type { ReplyPart } from '#shared/replies.ts'

const SLOT = /[{｛]{2}[^{}｛｝]*[}｝]{2}/g

/** The words a customer would read of a part; the variables' names are nobody's words. */
function wordsOf(part: ReplyPart): string {
  if (part.type === 'text') return part.text.replace(SLOT, ' ')
  if (part.type === 'link') return `${part.title} ${part.description}`
  return 'title' in part ? part.title : part.name
}

/** All that a reply says beside its title. */
export const bodyOf = (parts: readonly ReplyPart[]): string => parts.map(wordsOf).join('\n')
