import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { CustomerId, Instant, TagId } from './ids.ts'

/** The colour family of a tag group, in the order of the design tokens; `o` (gold) is the level group, shown beside the name. */
export const TagTone = z.enum(['b', 'v', 'g', 'r', 'w', 'o'])
export type TagTone = z.infer<typeof TagTone>

/** One tag on one follow. A personal tag has no id and cannot be changed through the API. */
export const CustomerTag = z.object({
  id: z.nullable(TagId),
  name: z.string(),
  group: z.string(),
  tone: TagTone,
})
export type CustomerTag = z.infer<typeof CustomerTag>

/** `pinyin` and `initials` (lower case, spaces between syllables in pinyin) are computed by the server when the tag is stored. */
export const LibraryTag = z.object({ id: TagId, name: z.string(), pinyin: z.string(), initials: z.string() })
export type LibraryTag = z.infer<typeof LibraryTag>

export const TagGroup = z.object({
  id: z.string(),
  name: z.string(),
  tone: TagTone,
  singleChoice: z.boolean(),
  /** Tags can be created here by this app. */
  open: z.boolean(),
  tags: z.array(LibraryTag),
})
export type TagGroup = z.infer<typeof TagGroup>

/** The corp's tags, and for this customer the ones to offer first. `asOf`: when WeCom was last asked. */
export const listTags = endpoint({
  method: 'get',
  path: '/api/customers/:customerId/tag-library',
  access: 'rep',
  input: z.object({ customerId: CustomerId }),
  output: z.object({
    groups: z.array(TagGroup),
    suggested: z.array(z.object({ id: TagId, why: z.enum(['recent', 'orders']) })),
    asOf: Instant,
  }),
})

const TagIds = z.array(TagId).check(z.maxLength(50))

/**
 * Adds and removes tags on the caller's own follow, as one WeCom `mark_tag`: deltas, so that two people never overwrite each other.
 * Answers the customer's tags; `waiting`: WeCom has not got the change yet.
 */
export const markTags = endpoint({
  method: 'post',
  path: '/api/customers/:customerId/tags',
  access: 'rep',
  input: z.object({ customerId: CustomerId, add: TagIds, remove: TagIds }),
  output: z.object({ tags: z.array(CustomerTag), waiting: z.boolean() }),
})

/** Creates a tag in a group and puts it on the customer. Where the name exists already, that tag is used. */
export const createTag = endpoint({
  method: 'post',
  path: '/api/customers/:customerId/new-tag',
  access: 'rep',
  input: z.object({
    customerId: CustomerId,
    groupId: z.string().check(z.maxLength(64)),
    name: z.string().check(z.trim(), z.minLength(1), z.maxLength(30)),
  }),
  output: z.object({ tag: LibraryTag, tags: z.array(CustomerTag), waiting: z.boolean() }),
})
