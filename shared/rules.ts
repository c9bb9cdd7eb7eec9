import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { RuleId, TagId } from './ids.ts'

/** All that are given must hold. Money in fen; `product`: a part of the name of something bought; days back from now. */
export const RuleCondition = z.object({
  addWay: z.optional(z.number().check(z.gte(0), z.lte(999))),
  state: z.optional(z.string().check(z.maxLength(64))),
  spendAtLeast: z.optional(z.number().check(z.gte(1))),
  ordersAtLeast: z.optional(z.number().check(z.gte(1))),
  product: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(60))),
  lastOrderOver: z.optional(z.number().check(z.gte(1), z.lte(3650))),
  lastOrderWithin: z.optional(z.number().check(z.gte(1), z.lte(3650))),
  stage: z.optional(z.string().check(z.maxLength(40))),
})
export type RuleCondition = z.infer<typeof RuleCondition>

export const Rule = z.object({
  id: RuleId,
  name: z.string(),
  tag: TagId,
  tagName: z.string(),
  condition: RuleCondition,
  enabled: z.boolean(),
  /** How often it was applied. */
  applied: z.number(),
})
export type Rule = z.infer<typeof Rule>

export const listRules = endpoint({
  method: 'get',
  path: '/api/admin/rules',
  access: 'admin',
  input: z.object({}),
  output: z.object({
    rules: z.array(Rule),
    tags: z.array(z.object({ id: TagId, name: z.string(), group: z.string() })),
  }),
})

const words = {
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(40)),
  tag: TagId,
  condition: RuleCondition,
}

/** Whom it would tag now: how many ties, and whose. An admin does not read customers, so no names of theirs. */
export const previewRule = endpoint({
  method: 'post',
  path: '/api/admin/rules/preview',
  access: 'admin',
  input: z.object({ tag: TagId, condition: RuleCondition }),
  output: z.object({ matching: z.number(), members: z.array(z.object({ name: z.string(), customers: z.number() })) }),
})

/** Under an id the page makes up, or one that is there. An enabled rule is applied at once and every night. */
export const saveRule = endpoint({
  method: 'put',
  path: '/api/admin/rules/:ruleId',
  access: 'admin',
  input: z.object({ ruleId: RuleId, ...words, enabled: z.boolean() }),
  output: z.object({ rules: z.array(Rule) }),
})

/** The rule goes; tags it has put on stay. */
export const deleteRule = endpoint({
  method: 'delete',
  path: '/api/admin/rules/:ruleId',
  access: 'admin',
  input: z.object({ ruleId: RuleId }),
  output: z.object({ rules: z.array(Rule) }),
})
