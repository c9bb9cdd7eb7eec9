import type * as z from 'zod/mini'

/**
 * Who may call. `rep`: every signed-in member, on what their own follows show. The others are roles a member has beside that: `clerk` sees
 * the customers of their store, `manager` those of the departments they lead, `admin` settings and no customers, `auditor` the audit log.
 */
export type Access = 'public' | 'rep' | Role
export type Role = 'clerk' | 'manager' | 'admin' | 'auditor'
type Shape = z.ZodMiniObject
type Method = 'get' | 'post' | 'put' | 'delete'

/** One route as data. `:name` parts of the path are taken from the input; the rest travels as query (get) or JSON body. */
export interface Endpoint<In extends Shape = Shape, Out extends z.ZodMiniType = z.ZodMiniType> {
  readonly method: Method
  readonly path: `/api/${string}`
  readonly access: Access
  readonly input: In
  readonly output: Out
  /** The answer comes line by line while it is being made (NDJSON); each line is an `output`. */
  readonly stream?: true
}

export const endpoint = <In extends Shape, Out extends z.ZodMiniType>(e: Endpoint<In, Out>): Endpoint<In, Out> => e

export type Input<E extends Endpoint> = z.input<E['input']>
export type Output<E extends Endpoint> = z.output<E['output']>
