import { run, type Runner } from '#server/db/json.ts'

/** SQL text: the mark of the customer whose id the SQL text gives. */
export const markOf = (id: string): string =>
  `encode(sha256((select key from erasure_key limit 1) || convert_to(${id}, 'UTF8')), 'hex')`

const byCustomer = (table: string, column = 'customer_id'): [string, string] => [
  table,
  `delete from ${table} where ${column} = $1`,
]
const OF_BUYER = `(select buyer_id from customers where id = $1 and buyer_id is not null)`

/** Where a customer stands, in the order in which it may go. `$1`: the id. A test looks for tables that are missing here. */
const STEPS: [table: string, text: string][] = [
  ['note_files', 'delete from note_files where customer_id = $1'],
  ['notes', 'delete from notes where customer_id = $1'],
  byCustomer('note_checks'),
  byCustomer('tasks'),
  byCustomer('sends'),
  byCustomer('contact_refusals'),
  byCustomer('taste_denials'),
  byCustomer('brief_dismissals'),
  byCustomer('next_actions'),
  byCustomer('rfm'),
  byCustomer('rfm_history'),
  byCustomer('tag_marks'),
  byCustomer('tag_rule_hits'),
  byCustomer('tag_hint_answers'),
  byCustomer('outbox'),
  byCustomer('field_values'),
  byCustomer('field_changes'),
  byCustomer('follow_events'),
  byCustomer('stage_moves'),
  byCustomer('timeline_pins'),
  byCustomer('bulk_rows'),
  byCustomer('transfers'),
  byCustomer('customer_events'),
  byCustomer('webhook_deliveries'),
  byCustomer('customer_openings'),
  ['inbox', `delete from inbox where subject = 'customer ' || $1 or fields ->> 'ExternalUserID' = $1`],
  ['receipts', `delete from receipts where strpos(answer::text, $1) > 0`],
  ['figure_answers', `delete from figure_answers where strpos(answer::text, $1) > 0`],
  [
    'order_import_changes',
    `delete from order_import_changes x using orders o where o.buyer_id in ${OF_BUYER} and x.source = o.source and x.order_number = o.order_number`,
  ],
  ['orders', `delete from orders where buyer_id in ${OF_BUYER}`],
  ['buyer_tastes', `delete from buyer_tastes where buyer_id in ${OF_BUYER}`],
  ['buyer_stats', `delete from buyer_stats where buyer_id in ${OF_BUYER}`],
  byCustomer('buyer_matches'),
  byCustomer('follows'),
  [
    'customers',
    `with gone as (delete from customers where id = $1 returning buyer_id)
     delete from buyers b using gone g where b.id = g.buyer_id and not exists (select 1 from customers c where c.buyer_id = b.id and c.id <> $1)`,
  ],
]

/** Deletes everything of one customer, in the caller's transaction. Answers the rows by table. */
export async function purge(tx: Runner, customerId: string): Promise<Record<string, number>> {
  const rows: Record<string, number> = {}
  for (const [table, text] of STEPS) {
    const result = (await tx.unsafe(text, [customerId])) as unknown as { count: number }
    if (result.count > 0) rows[table] = result.count
  }
  return rows
}

/** Customers who carry a mark: brought back by a restored backup. */
export async function selectMarked(sql: Runner, limit: number): Promise<string[]> {
  const text = `select c.id from customers c where ${markOf('c.id')} in (select mark from erased_customers) limit $1::int`
  return (await run<{ id: string }>(sql, text, [limit])).map(({ id }) => id)
}
