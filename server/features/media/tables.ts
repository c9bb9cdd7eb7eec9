import { integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { bytes, instant } from '#server/db/columns.ts'

/** Pictures, videos and files of the reply library, served by us at `/media/:id`. `ownerUserId` null: the company's. */
export const mediaAssets = pgTable('media_assets', {
  id: uuid().primaryKey(),
  name: text().notNull(),
  mime: text().notNull(),
  /** Pixels of a picture; 0 of anything else. */
  width: integer().notNull(),
  height: integer().notNull(),
  ownerUserId: text(),
  content: bytes().notNull(),
})

/** WeCom's temporary media id for an asset; dead after three days, so renewed earlier. */
export const mediaUploads = pgTable('media_uploads', {
  assetId: uuid()
    .primaryKey()
    .references(() => mediaAssets.id, { onDelete: 'cascade' }),
  mediaId: text().notNull(),
  uploadedAt: instant().notNull(),
})
