import type { CardReply, ReplyPart } from '#shared/replies.ts'
import { fillText, type Filled, promptsIn, type VariableValues } from '#shared/variables.ts'

/** A reply's parts for one customer: texts filled, the rest as it is. */
export type FilledPart = { type: 'text'; filled: Filled } | Exclude<ReplyPart, { type: 'text' }>

export const fillParts = (reply: CardReply, values: VariableValues, asked: Record<string, string> = {}): FilledPart[] =>
  reply.parts.map((part) =>
    part.type === 'text' ? { type: 'text', filled: fillText(part.text, values, asked) } : part,
  )

/** What the rep is asked before it goes, in the order of the text. */
export const promptsOf = (reply: CardReply): string[] => [
  ...new Set(reply.parts.flatMap((part) => (part.type === 'text' ? promptsIn(part.text) : []))),
]

/** Names that stop this reply for this customer. */
export const missingIn = (parts: FilledPart[]): string[] => [
  ...new Set(parts.flatMap((part) => (part.type === 'text' ? part.filled.missing : []))),
]

/** What a reply says, for searching: its own words and link titles, without variables (everyone who types 称呼 means a title). */
export const variablesOut = (reply: CardReply): string =>
  reply.parts
    .map((part) => {
      if ('name' in part) return part.name
      if (part.type === 'link') return `${part.title} ${part.description}`
      if (part.type === 'miniprogram') return part.title
      return fillText(part.text, {})
        .spans.map((span) => (span.variable === null ? span.text : ''))
        .join('')
    })
    .join('\n')

/** All the words of a reply, as someone would paste them. */
export const plainText = (parts: FilledPart[]): string =>
  parts
    .flatMap((part) =>
      part.type === 'text' ? [part.filled.text] : part.type === 'link' ? [`${part.title}\n${part.url}`] : [],
    )
    .join('\n')

/** What one part would look like in the chat's history. */
export const contentOf = (part: ReplyPart): string =>
  part.type === 'text' ? part.text : 'name' in part ? part.name : part.title
