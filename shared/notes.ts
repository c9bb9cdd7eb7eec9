import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { CustomerId, FileId, Instant, NoteId } from './ids.ts'
import { Task } from './task.ts'
import { NewTask } from './tasks.ts'

/** What came of the contact: bought, interested, thinking it over, no answer. */
export const NoteResult = z.enum(['won', 'interested', 'considering', 'silent'])
export type NoteResult = z.infer<typeof NoteResult>

/** private: the author alone. team: whoever follows this customer, and leaders. manager: the author and their leaders. */
export const Visibility = z.enum(['private', 'team', 'manager'])
export type Visibility = z.infer<typeof Visibility>

const Person = z.object({ userId: z.string(), name: z.string() })

/** `size` in bytes. The file itself is at `/api/customers/:customerId/files/:id`. */
export const NoteFile = z.object({ id: FileId, name: z.string(), mime: z.string(), size: z.number() })
export type NoteFile = z.infer<typeof NoteFile>

/** `version` counts from 1; `mine`: the caller wrote it. */
export const Note = z.object({
  id: NoteId,
  author: Person,
  mine: z.boolean(),
  body: z.string(),
  result: z.nullable(NoteResult),
  visibility: Visibility,
  mentions: z.array(Person),
  files: z.array(NoteFile),
  version: z.number(),
  createdAt: Instant,
  updatedAt: Instant,
})
export type Note = z.infer<typeof Note>

const words = {
  body: z.string().check(z.trim(), z.minLength(1), z.maxLength(4000)),
  result: z.nullable(NoteResult),
  visibility: Visibility,
  mentions: z.array(z.string().check(z.maxLength(64))).check(z.maxLength(20)),
  files: z.array(FileId).check(z.maxLength(9)),
}

/**
 * A note, and with it the next step where there is one: both or neither. `note` is an id the page makes up; the same one again changes nothing and
 * answers what is there. Whoever is mentioned is told by an app message.
 */
export const createNote = endpoint({
  method: 'post',
  path: '/api/customers/:customerId/notes',
  access: 'rep',
  input: z.object({ customerId: CustomerId, note: NoteId, ...words, next: z.nullable(NewTask) }),
  output: z.object({ note: Note, task: z.nullable(Task) }),
})

/** One's own note. 409 with both texts in `details` when somebody (another window) saved since `version`. */
export const updateNote = endpoint({
  method: 'put',
  path: '/api/customers/:customerId/notes/:noteId',
  access: 'rep',
  input: z.object({ customerId: CustomerId, noteId: NoteId, version: z.number().check(z.gte(1)), ...words }),
  output: Note,
})

/** What a 409 of `updateNote` carries: the note as it is now, and what was to be saved. */
export const NoteConflict = z.object({ current: Note, yours: z.string() })

/** Puts one's own note away, or back again. */
export const setNoteDeleted = endpoint({
  method: 'put',
  path: '/api/customers/:customerId/notes/:noteId/deleted',
  access: 'rep',
  input: z.object({ customerId: CustomerId, noteId: NoteId, deleted: z.boolean() }),
  output: z.object({ ok: z.literal(true) }),
})

export const getNote = endpoint({
  method: 'get',
  path: '/api/customers/:customerId/notes/:noteId',
  access: 'rep',
  input: z.object({ customerId: CustomerId, noteId: NoteId }),
  output: z.extend(Note, {
    /** Oldest first, without the present text. */
    versions: z.array(
      z.object({
        version: z.number(),
        body: z.string(),
        result: z.nullable(NoteResult),
        visibility: Visibility,
        savedAt: Instant,
      }),
    ),
  }),
})

/** What the note sheet offers for this customer: beginnings for their stage first, and whom one may mention. */
export const getNoteKit = endpoint({
  method: 'get',
  path: '/api/customers/:customerId/note-kit',
  access: 'rep',
  input: z.object({ customerId: CustomerId }),
  output: z.object({
    templates: z.array(z.object({ title: z.string(), body: z.string(), forStage: z.boolean() })),
    colleagues: z.array(Person),
  }),
})

/** 10 MB of one file, in base64. */
export const MOST_FILE_BYTES = 10_000_000

/** A picture or document for a note that is being written. `file` is an id the page makes up. What it is, its first bytes say. */
export const uploadFile = endpoint({
  method: 'post',
  path: '/api/customers/:customerId/files',
  access: 'rep',
  input: z.object({
    customerId: CustomerId,
    file: FileId,
    name: z.string().check(z.trim(), z.minLength(1), z.maxLength(120)),
    content: z.string().check(z.regex(/^[A-Za-z0-9+/]+={0,2}$/), z.maxLength(Math.ceil(MOST_FILE_BYTES / 3) * 4)),
  }),
  output: NoteFile,
})
