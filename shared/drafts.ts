import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { CustomerId } from './ids.ts'

/**
 * What the model is asked for. draft: an answer to what the customer said; polish, shorten, warmer: the rep's own text anew; summary: of this customer;
 * note: from what the rep pasted. The last two are for colleagues alone.
 */
export const DraftMode = z.enum(['draft', 'polish', 'shorten', 'warmer', 'summary', 'note'])
export type DraftMode = z.infer<typeof DraftMode>

/** `demo`: the scripted model of the demo. `left`: drafts the caller may still ask for today, of `most`. */
export const AssistantState = z.object({
  state: z.enum(['off', 'on', 'demo']),
  left: z.number(),
  most: z.number(),
})
export type AssistantState = z.infer<typeof AssistantState>

export const getAssistant = endpoint({
  method: 'get',
  path: '/api/assistant',
  access: 'rep',
  input: z.object({}),
  output: AssistantState,
})

/** What a sentence leans on: a reply of the library, an order, a note, where the customer stands, or the text that was given. `label` is for the rep. */
export const DraftSource = z.object({
  id: z.string(),
  kind: z.enum(['reply', 'order', 'note', 'stage', 'text']),
  label: z.string(),
})
export type DraftSource = z.infer<typeof DraftSource>

/**
 * Why a draft is held back: a sentence that cites nothing; a price, date, quantity, promise, link, number of somebody, person or word that no source it cites has;
 * a blank that stands for what was taken out; text that is not plain; one that has nothing in common with its sources; or no sentence at all.
 */
export const WithheldReason = z.enum([
  'uncited',
  'price',
  'date',
  'quantity',
  'promise',
  'link',
  'contact',
  'person',
  'word',
  'blank',
  'markup',
  'ungrounded',
  'nothing',
])
export type WithheldReason = z.infer<typeof WithheldReason>

/** A draft as it comes. `sentence`: whole, and traced to `sources`; `withheld` takes all of them back. The last of the three below ends it. */
export const DraftEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started'), left: z.number() }),
  z.object({ type: z.literal('progress'), chars: z.number() }),
  z.object({ type: z.literal('sentence'), text: z.string(), sources: z.array(z.string()) }),
  z.object({ type: z.literal('done'), text: z.string(), sources: z.array(DraftSource) }),
  z.object({ type: z.literal('withheld'), reason: WithheldReason, piece: z.string() }),
  z.object({
    type: z.literal('failed'),
    reason: z.enum(['unreachable', 'timeout', 'busy', 'refused', 'failed', 'garbled', 'cut']),
  }),
])
export type DraftEvent = z.infer<typeof DraftEvent>

export const MOST_GIVEN = 2000

/**
 * One draft, streamed. `text`: what the customer said, the rep's own words, or what was pasted; a summary takes none. Nothing of it is stored or logged. 404 for a customer
 * who is not the caller's, and where there is no model; 429 when the day's drafts are used up. Leaving ends the call to the model.
 */
export const writeDraft = endpoint({
  method: 'post',
  path: '/api/customers/:customerId/draft',
  access: 'rep',
  stream: true,
  input: z.object({
    customerId: CustomerId,
    mode: DraftMode,
    text: z.string().check(z.trim(), z.maxLength(MOST_GIVEN)),
  }),
  output: DraftEvent,
})
