import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { Instant } from './ids.ts'

export const CheckId = z.enum([
  'database',
  'clock',
  'queue',
  'address',
  'domainFile',
  'api',
  'secret',
  'trustedIp',
  'app',
  'range',
  'contact',
  'tickets',
  'oauth',
  'callback',
  'callbackKeys',
  'managers',
])
export type CheckId = z.infer<typeof CheckId>

/** `found`: what is the case, in words; `mend`: what to do and where in WeCom's console, empty where nothing is. Never holds a secret. */
export const Check = z.object({
  id: CheckId,
  name: z.string(),
  state: z.enum(['ok', 'warn', 'bad', 'skipped']),
  found: z.string(),
  mend: z.string(),
})
export type Check = z.infer<typeof Check>

export const Diagnosis = z.object({ at: Instant, mode: z.enum(['demo', 'real']), checks: z.array(Check) })
export type Diagnosis = z.infer<typeof Diagnosis>

/** Tries everything that the product stands on, live. What depends on something that is broken is skipped and says so. */
export const getDiagnosis = endpoint({
  method: 'get',
  path: '/api/admin/doctor',
  access: 'admin',
  input: z.object({}),
  output: Diagnosis,
})

/** The same as text, to be copied to whoever helps. */
export function reportOf({ at, mode, checks }: Diagnosis): string {
  const SIGNS = { ok: '✓', warn: '!', bad: '✗', skipped: '–' }
  const lines = checks.map(
    ({ name, state, found, mend }) => `${SIGNS[state]} ${name}：${found}${mend ? `\n    ${mend}` : ''}`,
  )
  return [`旁白体检 Pangbai doctor · ${at} · ${mode}`, ...lines].join('\n')
}
