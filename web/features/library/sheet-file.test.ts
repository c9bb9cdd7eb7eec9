import { expect, test } from 'vitest'
import type { ReplyId } from '#shared/ids.ts'
import type { Library, LibraryReply } from '#shared/library.ts'
import { BadLine, readRows, writeRows } from './sheet-file.ts'

const reply = (title: string, text: string, folderId: string | null = null): LibraryReply => ({
  id: title as ReplyId,
  folderId,
  title,
  parts: [{ type: 'text', text }],
  departments: [],
  validFrom: null,
  validUntil: null,
  uses: 0,
  users: 0,
  lastUsedAt: null,
  updatedAt: '2026-01-05T01:00:00Z',
})
const library: Library = {
  folders: [{ id: 'f', name: '售后' }],
  departments: [],
  replies: [
    reply('007', '00123', 'f'),
    reply('+86 热线', '=1+1'),
    reply('-满减', "@所有人，'引号'和逗号,“引号”"),
    reply("'单引号", "'=先有引号"),
    reply('两行', '第一行\n第二行 👍'),
  ],
}
const rows = library.replies.map(({ title, parts: [part], folderId }) => ({
  folder: folderId === null ? '' : '售后',
  title,
  text: part?.type === 'text' ? part.text : '',
}))

test.for(['csv', 'xlsx'] as const)(
  'what goes out as %s comes in again as it was: zeros in front, signs, quotes, lines',
  async (format) => {
    const blob = await writeRows(library, format)
    expect(await readRows(new File([blob], `话术.${format}`))).toEqual(rows)
  },
)

test('a spreadsheet runs nothing of it', async () => {
  const text = await (await writeRows(library, 'csv')).text()
  expect(text).toContain(`'=1+1`)
  expect(text).toContain(`'+86 热线`)
})

test('a CSV of a Chinese Excel is read as GB18030; a row without a text is named by its line', async () => {
  const bytes = new Uint8Array([0xca, 0xdb, 0xba, 0xf3, 0x2c, 0x41, 0x2c, 0xc4, 0xfa, 0xba, 0xc3, 0x0a])
  expect(await readRows(new File([bytes], 'a.csv'))).toEqual([{ folder: '售后', title: 'A', text: '您好' }])
  await expect(readRows(new File(['文件夹,标题,内容\n,好,您好\n\n,缺,\n'], 'b.csv'))).rejects.toEqual(new BadLine(4))
})
