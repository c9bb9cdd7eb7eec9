import type { Check } from '#shared/doctor.ts'
import type { Deps } from '#server/context.ts'

export type Verdict = Omit<Check, 'id' | 'name'>
export type Needs = Pick<Deps, 'config' | 'sql' | 'wecom' | 'now'>
/** How our own address is asked, as a browser or WeCom would. */
export type Probe = (url: string) => Promise<{ status: number; text: string }>

export const ok = (found: string): Verdict => ({ state: 'ok', found, mend: '' })
export const warn = (found: string, mend: string): Verdict => ({ state: 'warn', found, mend })
export const bad = (found: string, mend: string): Verdict => ({ state: 'bad', found, mend })
export const skipped = (found: string): Verdict => ({ state: 'skipped', found, mend: '' })
