import { run, type Runner } from '#server/db/json.ts'

/** Where a member stands by userid, and what with it makes a row one of a kind. */
const BELONGINGS: [table: string, column: string, besides?: string][] = [
  ['follows', 'user_id', 'customer_id'],
  ['replies', 'owner_user_id'],
  ['reply_uses', 'user_id', 'reply_id'],
  ['reply_favourites', 'user_id', 'reply_id'],
  ['media_assets', 'owner_user_id'],
  ['sends', 'user_id'],
  ['contact_refusals', 'user_id'],
  ['taste_denials', 'user_id'],
  ['brief_dismissals', 'user_id', 'customer_id'],
  ['next_actions', 'user_id', 'customer_id'],
  ['tag_marks', 'user_id'],
  ['outbox', 'user_id'],
  ['notes', 'user_id'],
  ['note_files', 'user_id'],
  ['tasks', 'user_id'],
  ['saved_views', 'user_id'],
  ['bulk_batches', 'user_id'],
  ['tag_rule_hits', 'user_id', 'customer_id'],
  ['tag_hint_answers', 'user_id'],
  ['stage_moves', 'user_id'],
  ['follow_events', 'user_id'],
  ['timeline_pins', 'user_id', 'customer_id'],
  ['field_values', 'set_by'],
  ['field_changes', 'user_id'],
  ['note_checks', 'user_id'],
  ['note_reviews', 'by_user_id'],
  ['note_comments', 'user_id'],
  ['note_reads', 'user_id', 'note_id'],
  ['review_samples', 'user_id'],
  ['transfers', 'from_user_id'],
  ['transfers', 'to_user_id'],
  ['transfers', 'by_user_id'],
  ['import_files', 'user_id'],
  ['export_files', 'user_id'],
  ['behavior_days', 'user_id', 'day'],
  ['figure_answers', 'user_id', 'filters'],
  ['member_roles', 'user_id', 'role'],
  ['draft_days', 'user_id', 'day'],
]

/**
 * A userid was changed in WeCom: what the member had here goes with them. A row the new name has already (events under it may have
 * come first) stays as it is. The audit log keeps the name of its day.
 */
export async function moveBelongings(tx: Runner, from: string, to: string): Promise<void> {
  await run(
    tx,
    `update follows n set salutation = o.salutation from follows o
    where o.user_id = $1 and n.user_id = $2 and n.customer_id = o.customer_id and n.salutation = ''`,
    [from, to],
  )
  for (const [table, column, besides] of BELONGINGS) {
    const free = besides
      ? `and not exists (select 1 from ${table} n where n.${column} = $2 and n.${besides} = o.${besides})`
      : ''
    await run(tx, `update ${table} o set ${column} = $2 where o.${column} = $1 ${free}`, [from, to])
  }
}
