import { run, type Runner } from '#server/db/json.ts'

export interface Asset {
  name: string
  mime: string
  content: Buffer
}

const SENDABLE = '(owner_user_id is null or owner_user_id = $2)'

/** How many of these a member may send: the company's and their own. */
export async function countSendable(sql: Runner, userId: string, assetIds: string[]): Promise<number> {
  const text = `select count(*)::int as n from media_assets where id = any($1::uuid[]) and ${SENDABLE}`
  const [row] = await run<{ n: number }>(sql, text, [assetIds, userId])
  return row!.n
}

/** The company's, or this member's own. */
export async function selectAsset(sql: Runner, assetId: string, userId: string | null): Promise<Asset | undefined> {
  const text = `select name, mime, content from media_assets where id = $1 and ${SENDABLE}`
  const [row] = await run<Asset>(sql, text, [assetId, userId])
  return row
}

export interface NewAsset {
  id: string
  userId: string
  name: string
  mime: string
  width: number
  height: number
  base64: string
}

export async function insertAsset(sql: Runner, asset: NewAsset): Promise<void> {
  const text = `insert into media_assets (id, owner_user_id, name, mime, width, height, content)
    values ($1::uuid, $2, $3, $4, $5::int, $6::int, decode($7, 'base64')) on conflict (id) do nothing`
  const { id, userId, name, mime, width, height, base64 } = asset
  await run(sql, text, [id, userId, name, mime, width, height, base64])
}

/** From now on the company's: whoever sends the reply it stands in may send it. */
export async function giveToCompany(sql: Runner, userId: string, assetIds: string[]): Promise<void> {
  const text = `update media_assets set owner_user_id = null where id = any($1::uuid[]) and owner_user_id = $2`
  await run(sql, text, [assetIds, userId])
}

const ON_CARD = `select exists (select 1 from replies where parts @> $1::text::jsonb) as shown`

/** Whether some reply's link card shows this picture. */
export async function isOnLinkCard(sql: Runner, assetId: string): Promise<boolean> {
  const part = [{ type: 'link', imageUrl: `/media/${assetId}` }]
  const [row] = await run<{ shown: boolean }>(sql, ON_CARD, [JSON.stringify(part)])
  return row?.shown ?? false
}

/** The media id of an upload made after `since`, if there is one. */
export async function selectUpload(sql: Runner, assetId: string, since: Date): Promise<string | undefined> {
  const text = 'select media_id as "mediaId" from media_uploads where asset_id = $1 and uploaded_at > $2'
  const [row] = await run<{ mediaId: string }>(sql, text, [assetId, since])
  return row?.mediaId
}

/** Whoever uploads this next waits for this transaction to end. */
export async function lockAsset(sql: Runner, assetId: string): Promise<void> {
  await run(sql, `select pg_advisory_xact_lock(hashtextextended('upload ' || $1, 0))`, [assetId])
}

export async function saveUpload(
  sql: Runner,
  assetId: string,
  upload: { mediaId: string; createdAt: Date },
): Promise<void> {
  const text = `insert into media_uploads (asset_id, media_id, uploaded_at) values ($1, $2, $3)
    on conflict (asset_id) do update set media_id = excluded.media_id, uploaded_at = excluded.uploaded_at`
  await run(sql, text, [assetId, upload.mediaId, upload.createdAt])
}
