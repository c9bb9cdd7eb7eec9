/** The ids that belong to somebody. A sample puts them where its contract wants them. */
export interface OwnedIds {
  customerId: string
  replyId: string
  /** Of the outbox. */
  entryId: string
  noteId: string
  viewId: string
  batchId: string
  taskId: string
  /** The member through whom a manager sees the customer. */
  followerId: string
  /** A note of somebody the caller leads, and a draw of the caller's. */
  ledNoteId: string
  sampleId: string
  /** A member whose roles an admin sets. */
  memberId: string
}

/** Ids that every member of the corp may name: pictures and tag groups are the company's. */
export const SHARED_IDS = new Set([
  'assetId',
  'groupId',
  'memberId',
  'fieldId',
  'ruleId',
  'importId',
  'keyId',
  'webhookId',
])
export const SAMPLE_FIELD = '5b2d1c0a-3f4e-4a6b-8c7d-9e0f1a2b3c4d'
export const SAMPLE_ASSET = '7d444840-9dc0-41d1-b245-5ffdce74fad2'

export interface Sample {
  /** A valid input of the owner of these ids. */
  input: (ids: OwnedIds) => Record<string, unknown>
  /** The owner's answer holds what only the owner may know; the walk proves that it would notice. */
  reveals?: true
}
/** The verdict that stands on a note of the cast: named after it. */
export const REVIEW_OF = (ledNoteId: string): string => `a${ledNoteId.slice(1)}`
/** Uploads of the cast: this one, and two named after other samples, are ready for their requests. */
export const SAMPLE_IMPORT = 'c3d0e9aa-0b2c-4f57-9a1e-6a2b7c8d9e0f'

export const parts = [{ type: 'text', text: '新' }]
