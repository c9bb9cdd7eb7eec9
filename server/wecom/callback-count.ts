import { perProcess } from '../per-process.ts'

const counts = perProcess(() => ({ refused: 0 }))
type Of = Parameters<typeof counts>[0]

/** Since this process began: what came to the callback's address and was not to be opened. */
export const refusedCallbacks = (deps: Of): number => counts(deps).refused
export const countRefused = (deps: Of): void => void counts(deps).refused++
