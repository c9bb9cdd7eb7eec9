import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'

/** By recency and by frequency with spend: bought lately and much, … , neither. `none`: never bought. */
export const PurchaseSegment = z.enum(['best', 'loyal', 'promising', 'steady', 'slipping', 'lapsed'])
export type PurchaseSegment = z.infer<typeof PurchaseSegment>
/** The same of what they did by themselves, whatever they spent. */
export const ConnectionSegment = z.enum(['close', 'lively', 'fresh', 'quiet', 'cooling', 'silent'])
export type ConnectionSegment = z.infer<typeof ConnectionSegment>

/**
 * What counts as an act of the customer's own, and how deep it goes. Without WeCom's archive of conversations their messages are not known, so that this is
 * a proxy, and is called one.
 */
export const ACTS = [
  { act: 'added', depth: 1 },
  { act: 'event', depth: 2 },
  { act: 'order', depth: 3 },
] as const

export const GridCell = z.object({ value: z.int(), influence: z.int(), customers: z.number() })

/** How many customers of the caller's people stand where: value (F and M of purchases) by influence (F and D of acts), quintiles 1 to 5; value 0 never bought. */
export const getRfmGrid = endpoint({
  method: 'get',
  path: '/api/led/rfm',
  access: 'manager',
  input: z.object({}),
  output: z.object({
    cells: z.array(GridCell),
    purchase: z.array(z.object({ segment: PurchaseSegment, customers: z.number() })),
    connection: z.array(z.object({ segment: ConnectionSegment, customers: z.number() })),
    /** When it was worked out; null before the first night. */
    at: z.nullable(z.string()),
  }),
})
