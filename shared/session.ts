import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'

/** The signed-in member. `storeName` is the name of their main department. */
export const Me = z.object({ userId: z.string(), name: z.string(), storeName: z.nullable(z.string()) })
export type Me = z.infer<typeof Me>

/** `roles`: what this member may do beside seeing their own customers. */
export const Self = z.extend(Me, { roles: z.array(z.enum(['clerk', 'manager', 'admin', 'auditor'])) })
export type Self = z.infer<typeof Self>

export const getMe = endpoint({ method: 'get', path: '/api/me', access: 'rep', input: z.object({}), output: Self })

/** Ends the session on the server; the cookie is cleared in the same answer. */
export const signOut = endpoint({
  method: 'post',
  path: '/api/sign-out',
  access: 'rep',
  input: z.object({}),
  output: z.object({ ok: z.literal(true) }),
})
