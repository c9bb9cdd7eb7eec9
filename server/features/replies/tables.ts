import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { ReplyPart } from '#shared/replies.ts'
import { instant } from '#server/db/columns.ts'

export const replyFolders = pgTable('reply_folders', {
  id: text().primaryKey(),
  name: text().notNull(),
  position: integer().notNull(),
})

/** One item of the quick-reply library. `ownerUserId` null = company, else that member's own. */
export const replies = pgTable(
  'replies',
  {
    id: uuid().primaryKey(),
    ownerUserId: text(),
    folderId: text().references(() => replyFolders.id),
    position: integer().notNull(),
    /** Departments at or below which members see it; null: everybody (or its owner). */
    visibleTo: integer().array(),
    /** When it may be sent; null: no bound. */
    validFrom: instant(),
    validUntil: instant(),
    title: text().notNull(),
    parts: jsonb().$type<ReplyPart[]>().notNull(),
    pinyin: text().notNull(),
    initials: text().notNull(),
    updatedAt: instant().notNull(),
  },
  (t) => [index('replies_of_owner').on(t.ownerUserId, t.position)],
)

/** How often a member's sends of a reply reached the chat. */
export const replyUses = pgTable(
  'reply_uses',
  {
    userId: text().notNull(),
    replyId: uuid()
      .notNull()
      .references(() => replies.id, { onDelete: 'cascade' }),
    uses: integer().notNull(),
    lastUsedAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.replyId] }),
    index('reply_uses_top').on(t.userId, t.uses.desc()),
    index().on(t.replyId),
  ],
)

/** What a member keeps at hand. */
export const replyFavourites = pgTable(
  'reply_favourites',
  {
    userId: text().notNull(),
    replyId: uuid()
      .notNull()
      .references(() => replies.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.userId, t.replyId] }), index().on(t.replyId)],
)
