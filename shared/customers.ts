import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { CustomerId, Instant, NoteId } from './ids.ts'
import { Order, SpendSummary } from './orders.ts'
import { PendingWrite } from './outbox.ts'
import { CardReply } from './replies.ts'
import { Me } from './session.ts'
import { CurrentStage, Stage } from './stage.ts'
import { CustomerTag } from './tags.ts'
import { Task } from './task.ts'

/** The WeCom contact itself. `type` 1 WeChat, 2 WeCom; `gender` 0 unknown, 1 male, 2 female. */
export const Contact = z.object({
  id: CustomerId,
  name: z.string(),
  type: z.number(),
  gender: z.number(),
  avatar: z.string(),
  corpName: z.nullable(z.string()),
  position: z.nullable(z.string()),
})
export type Contact = z.infer<typeof Contact>

/** What this member alone knows of the customer. Phones are masked (`138****5521`); `salutation` (称呼) is ours, the rest is WeCom's. */
export const OwnFollow = z.object({
  remark: z.string(),
  salutation: z.string(),
  description: z.string(),
  company: z.string(),
  phones: z.array(z.string()),
  addWay: z.number(),
  state: z.nullable(z.string()),
  addedAt: Instant,
})
export type OwnFollow = z.infer<typeof OwnFollow>

/** The caller's own newest note or a colleague's that they may read, as the card shows it. */
export const CardNote = z.object({
  id: NoteId,
  author: z.string(),
  mine: z.boolean(),
  body: z.string(),
  createdAt: Instant,
})
export type CardNote = z.infer<typeof CardNote>

/**
 * Everything the first screen shows, in one answer. `summary` is null for a customer without orders; `orders` holds the newest three;
 * `replies` the three most likely. `asOf`: when WeCom last confirmed it; `stale`: old enough that `refreshCustomer` should be called behind it.
 */
export const CustomerCard = z.object({
  me: Me,
  customer: Contact,
  follow: OwnFollow,
  tags: z.array(CustomerTag),
  summary: z.nullable(SpendSummary),
  orders: z.array(Order),
  replies: z.array(CardReply),
  /** Words of what they like, as lists filter by (`size:M`), without what somebody said is not so. */
  tastes: z.array(z.string()),
  outbox: z.array(PendingWrite),
  stage: z.nullable(CurrentStage),
  /** The corp's pipeline. */
  stages: z.array(Stage),
  /** The open one that is due first. */
  task: z.nullable(Task),
  note: z.nullable(CardNote),
  /** The caller's newest note that a leader wants reworked. */
  returned: z.nullable(NoteId),
  asOf: Instant,
  stale: z.boolean(),
  /** Another text when anything of this card changed. */
  version: z.string(),
})
export type CustomerCard = z.infer<typeof CustomerCard>

/** 404 when there is no such customer or the caller does not follow them: the two are indistinguishable. */
export const getCustomerCard = endpoint({
  method: 'get',
  path: '/api/customers/:customerId/card',
  access: 'rep',
  input: z.object({ customerId: CustomerId }),
  output: CustomerCard,
})

/** Asked every few seconds by an open card, which is read again when the answer is not its own `version`. 404 as the card itself. */
export const getCardVersion = endpoint({
  method: 'get',
  path: '/api/customers/:customerId/version',
  access: 'rep',
  input: z.object({ customerId: CustomerId }),
  output: z.object({ version: z.string() }),
})

/** Asks WeCom again, stores the answer and returns the new card. */
export const refreshCustomer = endpoint({
  method: 'post',
  path: '/api/customers/:customerId/refresh',
  access: 'rep',
  input: z.object({ customerId: CustomerId }),
  output: CustomerCard,
})

/** The full profile: the card's facts and who else follows this customer (names only). */
export const CustomerProfile = z.object({
  customer: Contact,
  follow: OwnFollow,
  otherFollowers: z.array(z.string()),
  asOf: Instant,
})
export type CustomerProfile = z.infer<typeof CustomerProfile>

export const getCustomerProfile = endpoint({
  method: 'get',
  path: '/api/customers/:customerId/profile',
  access: 'rep',
  input: z.object({ customerId: CustomerId }),
  output: CustomerProfile,
})

/** Whole phone numbers, for a reason that is recorded with who asked. 429 after a day's worth of them; `left`: how many remain today. */
export const revealPhones = endpoint({
  method: 'post',
  path: '/api/customers/:customerId/phones',
  access: 'rep',
  input: z.object({
    customerId: CustomerId,
    reason: z.string().check(z.trim(), z.minLength(2), z.maxLength(100)),
  }),
  output: z.object({ phones: z.array(z.string()), left: z.number() }),
})

/**
 * Lengths are WeCom's, in characters. Only the fields given change; `company` is for WeChat contacts only. `salutation` stays with us.
 * `waiting`: WeCom has not got it yet.
 */
export const editFollow = endpoint({
  method: 'put',
  path: '/api/customers/:customerId/follow',
  access: 'rep',
  input: z.object({
    customerId: CustomerId,
    remark: z.optional(z.string().check(z.trim(), z.maxLength(20))),
    description: z.optional(z.string().check(z.trim(), z.maxLength(150))),
    company: z.optional(z.string().check(z.trim(), z.maxLength(20))),
    salutation: z.optional(z.string().check(z.trim(), z.maxLength(20))),
  }),
  output: z.object({ follow: OwnFollow, waiting: z.boolean() }),
})
