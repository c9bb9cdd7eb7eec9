import { flagNote, type ReviewRule } from '#shared/flags.ts'
import { DAY_MS } from '#shared/shop-time.ts'
import { type Ctx, memberOf } from '#server/context.ts'
import type { Runner } from '#server/db/json.ts'
import { AppError } from '#server/errors.ts'
import { enqueue } from '#server/jobs/enqueue.ts'
import { record } from '../audit/service.ts'
import {
  type Checked,
  selectFacts,
  selectOpenFacts,
  selectRecentFacts,
  selectRules,
  writeChecks,
  writeRules,
} from './queries.ts'

export { contactOn, MONDAY, returnedNoteJson } from './queries.ts'

const WINDOW_MS = 30 * DAY_MS
const AT_ONCE = 500
const MOST_LOOKED = 20_000
const FIRST_ID = '00000000-0000-0000-0000-000000000000'

const flagsOf = (rules: ReviewRule[]) => (facts: Checked) => ({
  noteId: facts.noteId,
  version: facts.version,
  flags: flagNote(rules, facts),
})

/** Holds a note against the rules, in the transaction that wrote it. */
export async function checkNote(tx: Runner, noteId: string): Promise<void> {
  const [rules, facts] = [await selectRules(tx), await selectFacts(tx, noteId)]
  await writeChecks(tx, facts.map(flagsOf(rules)))
}

/** Every note of the last 30 days that nobody has judged, by the rules of now. Begun again it ends the same. */
export async function recheckNotes(ctx: Ctx): Promise<void> {
  const since = new Date(ctx.now().getTime() - WINDOW_MS)
  for (let after = FIRST_ID; ;) {
    const [rules, facts] = [await selectRules(ctx.sql), await selectOpenFacts(ctx.sql, since, after, AT_ONCE)]
    await writeChecks(ctx.sql, facts.map(flagsOf(rules)))
    if (facts.length < AT_ONCE) return
    after = facts.at(-1)!.noteId
  }
}

export const listReviewRules = async (ctx: Ctx) => ({ rules: await selectRules(ctx.sql) })

/** 400 for a rule that could never be met or stands there twice. */
export async function saveReviewRules(ctx: Ctx, { rules }: { rules: ReviewRule[] }) {
  for (const rule of rules) {
    if (rules.filter((other) => other.id === rule.id || other.name === rule.name).length > 1)
      throw new AppError('invalid_input', `有两条规则都叫「${rule.name}」`)
    if ((rule.kind === 'words' || rule.kind === 'vague') && rule.words.length === 0)
      throw new AppError('invalid_input', `「${rule.name}」还没有词语，至少写一个`)
  }
  await ctx.sql.begin(async (tx) => {
    await writeRules(tx, rules)
    await enqueue(tx, 'review.recheck', {}, { key: 'review.recheck' })
    await record(tx, memberOf(ctx), {
      action: 'review_rules.saved',
      subject: 'review_rules',
      detail: { names: rules.filter((rule) => rule.enabled).map((rule) => rule.name) },
    })
  })
  return await listReviewRules(ctx)
}

/** Counts alone: whose notes, never what is in them. */
export async function previewReviewRule(ctx: Ctx, { rule }: { rule: ReviewRule }) {
  const looked = await selectRecentFacts(ctx.sql, new Date(ctx.now().getTime() - WINDOW_MS), MOST_LOOKED)
  const flagged = looked.filter((facts) => flagNote([{ ...rule, enabled: true }], facts).length > 0)
  const members = [...Map.groupBy(flagged, ({ author }) => author)]
    .map(([name, notes]) => ({ name, notes: notes.length }))
    .sort((a, b) => b.notes - a.notes)
  return { looked: looked.length, flagged: flagged.length, members }
}
