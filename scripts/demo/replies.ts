import type { TransactionSql } from 'postgres'
import type { AssetId } from '#shared/ids.ts'
import type { ReplyPart } from '#shared/replies.ts'
import type { Deps } from '#server/context.ts'
import { allReadings } from '#server/pinyin.ts'
import { idOf } from './ids.ts'
import { COMPANY, PERSONAL } from './library/company.ts'
import { parseLibrary, type Written } from './library/parse.ts'
import { HEIGHT, WIDTH } from './pictures/canvas.ts'
import { drawPicture, PICTURE_NAMES, type PictureName } from './pictures/pictures.ts'

const assetOf = (picture: PictureName) => idOf('picture', picture) as AssetId

/** Puts the library in once: what reps change or delete afterwards stays theirs. Answers whether there was anything to do. */
export async function stockReplies({ sql, now }: Pick<Deps, 'sql' | 'now'>, userIds: string[]): Promise<boolean> {
  const [found] = await sql`select 1 from reply_folders limit 1`
  if (found) return false
  const company = parseLibrary(COMPANY)
  await sql.begin(async (tx) => {
    for (const name of PICTURE_NAMES) {
      await tx`insert into media_assets (id, name, mime, width, height, content)
        values (${assetOf(name)}, ${name}, 'image/png', ${WIDTH}, ${HEIGHT}, ${drawPicture(name)}) on conflict (id) do nothing`
    }
    const folders = [...new Set(company.map((reply) => reply.folder ?? ''))]
    for (const [position, name] of folders.entries()) {
      await tx`insert into reply_folders (id, name, position) values (${idOf('folder', name)}, ${name}, ${position})`
    }
    await insertReplies(tx, company, null, now())
    for (const userId of userIds) await insertReplies(tx, parseLibrary(PERSONAL), userId, now())
  })
  return true
}

async function insertReplies(tx: TransactionSql, replies: Written[], owner: string | null, at: Date): Promise<void> {
  const rows = inShowOrder(replies, owner).map((reply, position) => ({
    id: idOf(`reply ${owner ?? ''}`, reply.title),
    owner,
    folder: reply.folder && idOf('folder', reply.folder),
    position,
    title: reply.title,
    parts: partsOf(reply),
    ...allReadings(reply.title),
  }))
  await tx`
    insert into replies (id, owner_user_id, folder_id, position, title, parts, pinyin, initials, updated_at)
    select id, owner, folder, position, title, parts, pinyin, initials, ${at.toISOString()}::text::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as r
      (id uuid, owner text, folder text, position int, title text, parts jsonb, pinyin text, initials text)`
}

/** The three that stand on the first screen come from three folders. */
const FIRST = ['到店留货', '7 天无理由退换', '今天能发货吗']
function inShowOrder(replies: Written[], owner: string | null): Written[] {
  if (owner) return replies
  const rank = ({ title }: Written) => (FIRST.includes(title) ? FIRST.indexOf(title) : FIRST.length)
  return [...replies].sort((a, b) => rank(a) - rank(b))
}

function partsOf({ text, picture, link }: Written): ReplyPart[] {
  const parts: ReplyPart[] = [{ type: 'text', text }]
  if (picture) parts.push({ type: 'image', assetId: assetOf(picture), name: picture, width: WIDTH, height: HEIGHT })
  if (link) parts.push({ type: 'link', ...link, imageUrl: `/media/${assetOf('礼盒包装.png')}` })
  return parts
}
