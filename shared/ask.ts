import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { CustomerId } from './ids.ts'
import { Reply } from './replies.ts'

export const MOST_ASKED = 2000
const Question = z.string().check(z.trim(), z.minLength(1), z.maxLength(MOST_ASKED))

/** A reply and why: `matched` are stretches of its own title or text that answer what was asked, the longest first. */
export const AskAnswer = z.object({ reply: Reply, matched: z.array(z.string()) })
export type AskAnswer = z.infer<typeof AskAnswer>

/**
 * What to say to what a customer said: at most three of the replies the caller may send, best first; none where none is sure enough.
 * The text is neither stored nor logged.
 */
export const askReplies = endpoint({
  method: 'post',
  path: '/api/customers/:customerId/ask',
  access: 'rep',
  input: z.object({ customerId: CustomerId, text: Question }),
  output: z.object({ answers: z.array(AskAnswer).check(z.maxLength(3)) }),
})

const Word = z.string().check(z.trim(), z.minLength(1), z.maxLength(20))

/** Words of which each stands for the others. */
export const SynonymGroup = z.object({ words: z.array(Word).check(z.minLength(2), z.maxLength(20)) })
export type SynonymGroup = z.infer<typeof SynonymGroup>

export const listSynonyms = endpoint({
  method: 'get',
  path: '/api/admin/synonyms',
  access: 'admin',
  input: z.object({}),
  output: z.object({ groups: z.array(SynonymGroup) }),
})

/** All groups at once; a word stands in one group only. */
export const saveSynonyms = endpoint({
  method: 'put',
  path: '/api/admin/synonyms',
  access: 'admin',
  input: z.object({ groups: z.array(SynonymGroup).check(z.maxLength(500)) }),
  output: z.object({ groups: z.array(SynonymGroup) }),
})

/** How well a reply of the company's answers: `covered`, 0 … 1, is how much of the question it speaks of; under a bar it is not shown to reps. */
const Tried = z.object({ title: z.string(), matched: z.array(z.string()), covered: z.number(), shown: z.boolean() })

/** What a customer's words would find among the company's replies, the weak ones too. */
export const tryAsk = endpoint({
  method: 'post',
  path: '/api/admin/ask',
  access: 'admin',
  input: z.object({ text: Question }),
  output: z.object({ found: z.array(Tried) }),
})
