import * as z from 'zod/mini'
import { Instant } from './ids.ts'

export const Stage = z.object({ id: z.string(), name: z.string(), kind: z.enum(['open', 'won', 'lost']) })
export type Stage = z.infer<typeof Stage>

/** Where the caller stands with this customer, and since when. */
export const CurrentStage = z.object({ id: z.string(), name: z.string(), since: Instant })
export type CurrentStage = z.infer<typeof CurrentStage>
