import type { RuleCondition } from '#shared/rules.ts'

const yuan = (fen: number): string => `¥${(fen / 100).toFixed(fen % 100 === 0 ? 0 : 2)}`

/** The facts a rule rests on for one customer, as a rep reads them. */
export function whyOf(condition: RuleCondition, facts: { spendFen: number | null; orderCount: number | null }): string {
  const parts = [
    condition.spendAtLeast !== undefined && `累计 ${yuan(facts.spendFen ?? 0)} ≥ ${yuan(condition.spendAtLeast)}`,
    condition.ordersAtLeast !== undefined && `${facts.orderCount ?? 0} 单 ≥ ${condition.ordersAtLeast} 单`,
    condition.product !== undefined && `买过「${condition.product}」`,
    condition.lastOrderOver !== undefined && `超过 ${condition.lastOrderOver} 天没买`,
    condition.lastOrderWithin !== undefined && `${condition.lastOrderWithin} 天内买过`,
    condition.addWay !== undefined && `来源 ${condition.addWay}`,
    condition.state !== undefined && `渠道「${condition.state}」`,
    condition.stage !== undefined && '阶段符合',
  ]
  return parts.filter((part) => part !== false).join('，')
}
