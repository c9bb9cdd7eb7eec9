import type { Endpoint, Input, Output } from '#shared/endpoint.ts'
import { createNote } from '#shared/notes.ts'
import { moveStage } from '#shared/stages.ts'
import { markTags } from '#shared/tags.ts'
import { createTask, settleTask, updateTask } from '#shared/tasks.ts'
import { ApiError, call } from '#web/lib/api.ts'
import { openKeep } from '#web/lib/keep.ts'

/** What may wait for the network. Each bears repeating under its key. */
const ACTS = { createNote, createTask, updateTask, settleTask, moveStage, markTags } satisfies Record<string, Endpoint>
export type Act = keyof typeof ACTS
export type ActInput<A extends Act> = Input<(typeof ACTS)[A]>
export type ActOutput<A extends Act> = Output<(typeof ACTS)[A]>

/** One write on its way. `why`: the server said no while nobody was looking; it waits for the member's word. */
export interface Queued {
  key: string
  member: string
  act: Act
  input: unknown
  label: string
  about: { id: string; name: string }
  at: number
  why: string | null
}

export const kept = openKeep<Queued>('queue')

/** No answer, or nobody there to give one: it may be sent again. Anything else is the server's word. */
const AWAY = new Set(['offline', 'database_away', 'unauthenticated', 'too_many_requests'])
export const isAway = (error: unknown): boolean => error instanceof ApiError && AWAY.has(error.code)

export const perform = <A extends Act>({ act, input, key }: Queued & { act: A }): Promise<ActOutput<A>> =>
  call(ACTS[act] as Endpoint, input as Input<Endpoint>, undefined, key) as Promise<ActOutput<A>>
