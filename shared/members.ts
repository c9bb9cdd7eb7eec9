import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'

/** What an admin gives and takes. Managers are not among them: whoever leads a department in WeCom is one. */
export const GivenRole = z.enum(['clerk', 'admin', 'auditor'])
export type GivenRole = z.infer<typeof GivenRole>

/** A member who may sign in. `leads`: names of the departments they lead. */
export const MemberRow = z.object({
  userId: z.string(),
  name: z.string(),
  storeName: z.nullable(z.string()),
  roles: z.array(GivenRole),
  leads: z.array(z.string()),
})
export type MemberRow = z.infer<typeof MemberRow>

/** All members by name; `search` matches name and userid. At most 200. */
export const listMembers = endpoint({
  method: 'get',
  path: '/api/members',
  access: 'admin',
  input: z.object({ search: z.optional(z.string().check(z.maxLength(64))) }),
  output: z.object({ members: z.array(MemberRow) }),
})

/** Replaces the given roles of one member. Nobody takes the admin role from themselves: 409. Works from their next request on. */
export const setRoles = endpoint({
  method: 'put',
  path: '/api/members/:memberId/roles',
  access: 'admin',
  input: z.object({ memberId: z.string().check(z.maxLength(64)), roles: z.array(GivenRole).check(z.maxLength(3)) }),
  output: MemberRow,
})
