import * as z from 'zod/mini'

/** WeCom's external_userid: never parsed for meaning, at most 64 bytes. */
export const CustomerId = z
  .string()
  .check(z.regex(/^[\x21-\x7e]{1,64}$/))
  .brand('CustomerId')
export type CustomerId = z.infer<typeof CustomerId>

/** WeCom's tag id. Personal tags have none. */
export const TagId = z
  .string()
  .check(z.regex(/^[\x21-\x7e]{1,64}$/))
  .brand('TagId')
export type TagId = z.infer<typeof TagId>

export const ReplyId = z.uuid().brand('ReplyId')
export type ReplyId = z.infer<typeof ReplyId>

export const AssetId = z.uuid().brand('AssetId')
export type AssetId = z.infer<typeof AssetId>

export const NoteId = z.uuid().brand('NoteId')
export type NoteId = z.infer<typeof NoteId>

export const FileId = z.uuid().brand('FileId')
export type FileId = z.infer<typeof FileId>

export const TaskId = z.uuid().brand('TaskId')
export type TaskId = z.infer<typeof TaskId>

export const FieldId = z.uuid().brand('FieldId')
export type FieldId = z.infer<typeof FieldId>

export const ViewId = z.uuid().brand('ViewId')
export type ViewId = z.infer<typeof ViewId>

export const BatchId = z.uuid().brand('BatchId')
export type BatchId = z.infer<typeof BatchId>

export const RuleId = z.uuid().brand('RuleId')
export type RuleId = z.infer<typeof RuleId>

export const CommentId = z.uuid().brand('CommentId')
export type CommentId = z.infer<typeof CommentId>

export const SampleId = z.uuid().brand('SampleId')
export type SampleId = z.infer<typeof SampleId>

export const MoveId = z.uuid().brand('MoveId')
export type MoveId = z.infer<typeof MoveId>

/** An instant on the wire: ISO 8601, UTC. Postgres' own text form carries microseconds and is accepted. */
export const Instant = z.string().check(z.regex(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d(:?\d\d)?)$/))
