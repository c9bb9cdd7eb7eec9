import { sql } from 'drizzle-orm'
import { bigint, index, jsonb, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import { instant } from '#server/db/columns.ts'
import { buyers } from '../orders/tables.ts'

/** WeCom external contacts. `type` 1 WeChat, 2 WeCom; `gender` 0 unknown, 1 male, 2 female. */
export const customers = pgTable(
  'customers',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    type: smallint().notNull(),
    gender: smallint().notNull().default(0),
    avatar: text().notNull().default(''),
    unionId: text(),
    corpName: text(),
    position: text(),
    buyerId: bigint({ mode: 'number' }).references(() => buyers.id),
    /** When WeCom was asked about this customer alone; null while only a member's book told of them. */
    readAt: instant(),
  },
  (t) => [
    index().on(t.buyerId),
    index('customers_unread')
      .on(t.id)
      .where(sql`read_at is null`),
  ],
)

/**
 * The tie between one member and one customer: the scope of every query that reads a customer.
 * `endedAt` set = the tie is gone. Personal tags have no id in WeCom and are kept as names.
 */
export const follows = pgTable(
  'follows',
  {
    customerId: text()
      .notNull()
      .references(() => customers.id),
    userId: text().notNull(),
    remark: text().notNull().default(''),
    salutation: text().notNull().default(''),
    description: text().notNull().default(''),
    company: text().notNull().default(''),
    phones: text().array().notNull().default([]),
    addWay: smallint().notNull().default(0),
    state: text(),
    addedAt: instant().notNull(),
    tagIds: text().array().notNull().default([]),
    personalTags: jsonb().$type<{ group: string; name: string }[]>().notNull().default([]),
    syncedAt: instant().notNull(),
    /** Our own last write: what WeCom said before it is not believed over it. */
    editedAt: instant(),
    endedAt: instant(),
    /** Where this member stands with the customer in the corp's pipeline, and since when. */
    stageId: text(),
    stagedAt: instant(),
    /** When this member last sent something or wrote a note. */
    touchedAt: instant(),
    /** Remark, name and how both sound, for searching; null until the readings are made. */
    search: text(),
  },
  (t) => [
    primaryKey({ columns: [t.customerId, t.userId] }),
    index('follows_of_member').on(t.userId, t.addedAt.desc(), t.customerId.desc()),
    /** For whoever leads many: the newest of all, without sorting them. */
    index('follows_newest').on(t.addedAt.desc(), sql`(customer_id || ' ' || user_id) desc nulls last`),
    index('follows_unread_names')
      .on(t.userId)
      .where(sql`search is null and ended_at is null`),
  ],
)
