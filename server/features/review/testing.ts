import { randomUUID } from 'node:crypto'
import { type CommentId, CustomerId, NoteId, TaskId } from '#shared/ids.ts'
import { createNote, type Visibility } from '#shared/notes.ts'
import { listReview, type Verdict } from '#shared/review.ts'
import { makeFollowed, makeMember, makeStore } from '#server/testing/builders.ts'
import { createWorld } from '#server/testing/world.ts'

/** A note that meets no rule. */
export const FINE = '试穿羊绒衫满意，喜欢燕麦色，约好周六到店看大衣'

export const words = (body: string, visibility: Visibility = 'team') => ({
  body,
  result: null,
  visibility,
  mentions: [],
  files: [],
})

/** A next step for a note, or alone. */
export const later = () => ({
  task: TaskId.parse(randomUUID()),
  title: '回访',
  dueAt: '2026-02-01T02:00:00Z',
  remind: false,
  repeat: null,
})

export const judge = (
  ledNoteId: NoteId,
  verdict: Verdict,
  more: { comment?: string; version?: number; review?: string; mentions?: string[]; replyTo?: CommentId } = {},
) => ({
  ledNoteId,
  review: randomUUID(),
  version: 1,
  verdict,
  scores: null,
  comment: null,
  replyTo: null,
  mentions: [],
  ...more,
})

/** A store with a rep who writes notes, two who lead it (`boss` and `boss-b`), and an admin. */
export async function createReviewWorld() {
  const world = await createWorld()
  const { deps, clock } = world
  await makeStore(deps, 5, '静安店')
  await deps.sql`update departments set leader_user_ids = '{boss,boss-b}' where id = 5`
  await deps.sql`insert into department_tree values (5, 5)`
  const [rep, boss, admin] = [await world.as('rep'), await world.as('boss'), await world.as('admin')]
  await world.as('boss-b')
  for (const userId of ['rep', 'boss']) await makeMember(deps, userId, { departmentIds: [5], mainDepartmentId: 5 })
  await deps.sql`insert into member_roles (user_id, role, given_by, given_at) values ('admin', 'admin', 'test', now())`

  const meet = async () => CustomerId.parse((await makeFollowed(deps, 'rep')).id)

  async function write(
    body: string,
    options: { customerId?: CustomerId; visibility?: Visibility; next?: boolean } = {},
  ) {
    clock.advance(1_000)
    const customerId = options.customerId ?? (await meet())
    const note = NoteId.parse(randomUUID())
    const next = options.next === false ? null : later()
    await rep.call(createNote, { customerId, note, ...words(body, options.visibility), next })
    return { customerId, noteId: note, ledNoteId: note }
  }
  const tab = async (name: 'flagged' | 'low' | 'done', more = {}) =>
    (await boss.call(listReview, { tab: name, ...more })).items
  return { ...world, rep, boss, admin, meet, write, tab }
}
