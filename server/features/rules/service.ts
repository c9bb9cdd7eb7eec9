import type { RuleId, TagId } from '#shared/ids.ts'
import type { Rule, RuleCondition } from '#shared/rules.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import { AppError } from '#server/errors.ts'
import { enqueue } from '#server/jobs/enqueue.ts'
import { WecomError } from '#server/wecom/error.ts'
import { record } from '../audit/service.ts'
import { markOn } from '../tags/service.ts'
import {
  countMatches,
  insertHit,
  removeRule,
  selectMatch,
  selectMatches,
  selectRules,
  selectTags,
  writeRule,
} from './queries.ts'
import { whyOf } from './why.ts'

const AT_ONCE = 5

export async function listRules(ctx: Ctx) {
  const [rules, tags] = await Promise.all([selectRules(ctx.sql), selectTags(ctx.sql)])
  return { rules, tags }
}

export async function previewRule(ctx: Ctx, { tag, condition }: { tag: TagId; condition: RuleCondition }) {
  await check(ctx, tag, condition)
  const members = await countMatches(ctx.sql, tag, condition, ctx.now())
  return { matching: members.reduce((sum, member) => sum + member.customers, 0), members: members.slice(0, 50) }
}

async function check(ctx: Ctx, tag: TagId, condition: RuleCondition): Promise<void> {
  if (Object.keys(condition).length === 0)
    throw new AppError('invalid_input', '请至少设一个条件，否则所有客户都会被打标签')
  if (!(await selectTags(ctx.sql)).some((one) => one.id === tag))
    throw new AppError('invalid_input', '这个标签已经不存在了，请换一个')
}

/** Saved, audited, and applied by a job that begins at once. */
export async function saveRule(
  ctx: Ctx,
  { ruleId, ...rule }: { ruleId: RuleId; name: string; tag: TagId; condition: RuleCondition; enabled: boolean },
): Promise<{ rules: Rule[] }> {
  await check(ctx, rule.tag, rule.condition)
  const by = memberOf(ctx)
  await ctx.sql.begin(async (tx) => {
    await writeRule(tx, { id: ruleId, ...rule, by }, ctx.now())
    await record(tx, by, { action: 'rule.saved', subject: ruleId, detail: { ...rule } })
    if (rule.enabled) await enqueue(tx, 'rules.apply', {}, { key: 'rules.apply', priority: 5 })
  })
  return { rules: await selectRules(ctx.sql) }
}

export async function deleteRule(ctx: Ctx, { ruleId }: { ruleId: RuleId }): Promise<{ rules: Rule[] }> {
  await ctx.sql.begin(async (tx) => {
    await removeRule(tx, ruleId)
    await record(tx, memberOf(ctx), { action: 'rule.deleted', subject: ruleId, detail: {} })
  })
  return { rules: await selectRules(ctx.sql) }
}

const MOST_RULES = 50

/** Rules whose condition holds for one tie now, switched on or not, with the facts it rests on; not where the tag is on, or was decided by hand. */
export async function rulesHolding(ctx: Ctx, tie: { customerId: string; userId: string }) {
  const rules = (await selectRules(ctx.sql)).slice(0, MOST_RULES)
  const found = await Promise.all(
    rules.map(async ({ name, tag, condition }) => {
      const facts = await selectMatch(ctx.sql, tag, condition, ctx.now(), tie)
      return facts ? [{ name, tag, why: whyOf(condition, facts) }] : []
    }),
  )
  return found.flat()
}

/** The job: every enabled rule, until nothing matches any more. What is done is told by the row itself, so it goes on after a kill. */
export async function applyRules(ctx: Ctx): Promise<void> {
  for (const rule of await selectRules(ctx.sql)) if (rule.enabled) await applyRule(ctx, rule)
}

async function applyRule(ctx: Ctx, rule: Rule): Promise<void> {
  const refused = new Set<string>()
  for (;;) {
    const found = await selectMatches(ctx.sql, rule.tag, rule.condition, ctx.now(), AT_ONCE + refused.size)
    const ties = found.filter((tie) => !refused.has(`${tie.customerId} ${tie.userId}`))
    if (ties.length === 0) return
    const busy = await Promise.all(
      ties.map(async ({ customerId, userId, ...facts }) => {
        const why = whyOf(rule.condition, facts)
        const hit = { ruleId: rule.id, customerId, userId, tagId: rule.tag, why }
        try {
          const change = { customerId, add: [rule.tag], remove: [] }
          const origin = { kind: 'rule' as const, why: `${rule.name}：${why}` }
          return (await markOn(ctx, userId, change, origin, (tx) => insertHit(tx, hit, ctx.now()))).waiting
        } catch (error) {
          if (error instanceof WecomError && error.busy) return true
          if (!(error instanceof WecomError || error instanceof AppError)) throw error
          ctx.log.warn({ err: error.message, rule: rule.id }, 'a rule was not applied')
          refused.add(`${customerId} ${userId}`)
          return false
        }
      }),
    )
    if (busy.includes(true)) throw new WecomError('rules', -1, 'WeCom is busy', true)
  }
}
