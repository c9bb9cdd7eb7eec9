import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'

const Minute = z.int().check(z.gte(0), z.lt(1440))

/** When nobody is disturbed, in minutes after midnight in China; `from` after `until` spans midnight. */
export const Quiet = z.object({ from: Minute, until: Minute })
export type Quiet = z.infer<typeof Quiet>

/** `quiet` null: never quiet. `chosen` false: nobody has saved any yet, and the setting QUIET_HOURS stands. */
const QuietHours = z.object({ quiet: z.nullable(Quiet), chosen: z.boolean() })
export type QuietHours = z.infer<typeof QuietHours>

export const getQuiet = endpoint({
  method: 'get',
  path: '/api/admin/quiet-hours',
  access: 'admin',
  input: z.object({}),
  output: QuietHours,
})

/** Counts from the next minute, for reminders that wait already too. */
export const saveQuiet = endpoint({
  method: 'put',
  path: '/api/admin/quiet-hours',
  access: 'admin',
  input: z.object({ quiet: z.nullable(Quiet) }),
  output: QuietHours,
})
