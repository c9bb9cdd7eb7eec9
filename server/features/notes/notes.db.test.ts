import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { getCustomerCard } from '#shared/customers.ts'
import type { Input } from '#shared/endpoint.ts'
import { CustomerId, FileId, NoteId, TaskId } from '#shared/ids.ts'
import { createNote, getNote, getNoteKit, setNoteDeleted, updateNote, uploadFile } from '#shared/notes.ts'
import { listTasks } from '#shared/tasks.ts'
import { makeFollow, makeFollowed, makeMember } from '#server/testing/builders.ts'
import { shopCustomer, shopFollow } from '#server/testing/shop.ts'
import { listTemplates, saveTemplates } from '#shared/templates.ts'
import { createWorld } from '#server/testing/world.ts'

const world = await createWorld()
const { deps } = world
const [rep, colleague, stranger] = [await world.as('rep-a'), await world.as('rep-b'), await world.as('rep-c')]
const customerId = CustomerId.parse((await makeFollowed(deps, 'rep-a', { customer: { name: '李静文' } })).id)
await makeFollow(deps, customerId, 'rep-b')

const noteOf = (over: Partial<Input<typeof createNote>> = {}): Input<typeof createNote> => ({
  customerId,
  note: NoteId.parse(randomUUID()),
  body: '试穿 M 偏大，想换 S',
  result: 'interested',
  visibility: 'team',
  mentions: [],
  files: [],
  next: null,
  ...over,
})
const step = () => ({
  task: TaskId.parse(randomUUID()),
  title: '问问 S 码',
  dueAt: '2026-01-06T02:00:00.000Z',
  remind: true,
  repeat: null,
})

test('a note and its next step are written together and stand on the card', async () => {
  const next = step()
  const { note, task } = await rep.call(createNote, noteOf({ next }))
  expect(note).toMatchObject({ body: '试穿 M 偏大，想换 S', mine: true, version: 1, result: 'interested' })
  expect(task).toMatchObject({ id: next.task, title: '问问 S 码', state: 'open' })
  const card = await rep.call(getCustomerCard, { customerId })
  expect(card).toMatchObject({ note: { body: '试穿 M 偏大，想换 S', mine: true }, task: { title: '问问 S 码' } })
})

test('fifty equal saves at once make one note and one task, and get fifty equal answers', async () => {
  const input = noteOf({ body: '只有一条', next: step() })
  const answers = await Promise.all(Array.from({ length: 50 }, () => rep.try(createNote, input)))
  expect(new Set(answers.map((answer) => answer.text)).size).toBe(1)
  expect(answers[0]!.status).toBe(200)
  const [rows] = await deps.sql`select (select count(*) from notes where body = '只有一条')::int as notes,
    (select count(*) from tasks where id = ${input.next!.task})::int as tasks`
  expect(rows).toEqual({ notes: 1, tasks: 1 })
})

test('where the next step cannot be written the note is not written either', async () => {
  const taken = step()
  await rep.call(createNote, noteOf({ next: taken }))
  const other = CustomerId.parse((await makeFollowed(deps, 'rep-c')).id)
  const answer = await stranger.try(createNote, noteOf({ customerId: other, body: '半条', next: taken }))
  expect(answer.status).toBe(409)
  expect(await deps.sql`select 1 from notes where body = '半条'`).toEqual([])
})

test('a private note is its author’s alone; a team note is read by who follows the customer; a manager’s by neither colleague', async () => {
  const ids: string[] = []
  for (const visibility of ['private', 'team', 'manager'] as const)
    ids.push((await rep.call(createNote, noteOf({ visibility }))).note.id)
  const seen = await Promise.all(ids.map((id) => colleague.try(getNote, { customerId, noteId: NoteId.parse(id) })))
  expect(seen.map((answer) => answer.status)).toEqual([404, 200, 404])
  expect((await stranger.try(getNote, { customerId, noteId: NoteId.parse(ids[1]) })).status).toBe(404)
})

test('two windows that change one note: the second is told, with both texts', async () => {
  const { note } = await rep.call(createNote, noteOf({ body: '第一版' }))
  const words = { customerId, noteId: note.id, result: null, visibility: 'team' as const, mentions: [], files: [] }
  await rep.call(updateNote, { ...words, version: 1, body: '第二版' })
  const late = await rep.try(updateNote, { ...words, version: 1, body: '我的版本' })
  expect(late.status).toBe(409)
  expect(late.body).toMatchObject({
    error: { details: { current: { body: '第二版', version: 2 }, yours: '我的版本' } },
  })
  await rep.call(updateNote, { ...words, version: 2, body: '第三版' })
  const kept = await rep.call(getNote, { customerId, noteId: note.id })
  expect(kept.versions.map((one) => one.body)).toEqual(['第一版', '第二版'])
  expect(kept.body).toBe('第三版')
})

test('nobody but the author changes a note or puts it away; what was put away can come back', async () => {
  const { note } = await rep.call(createNote, noteOf({ body: '留着' }))
  const theirs = {
    customerId,
    noteId: note.id,
    version: 1,
    body: '改了',
    result: null,
    visibility: 'team' as const,
    mentions: [],
    files: [],
  }
  expect((await colleague.try(updateNote, theirs)).status).toBe(404)
  expect((await colleague.try(setNoteDeleted, { customerId, noteId: note.id, deleted: true })).status).toBe(404)
  await rep.call(setNoteDeleted, { customerId, noteId: note.id, deleted: true })
  expect((await rep.try(getNote, { customerId, noteId: note.id })).status).toBe(404)
  await rep.call(setNoteDeleted, { customerId, noteId: note.id, deleted: false })
  expect((await rep.call(getNote, { customerId, noteId: note.id })).body).toBe('留着')
})

test('only who may read a note can be mentioned in it, and is told once', async () => {
  world.shop.customers.push(shopCustomer(customerId, [shopFollow('rep-a'), shopFollow('rep-b')]))
  await makeMember(deps, 'rep-b', { name: '小周' })
  expect((await rep.call(getNoteKit, { customerId })).colleagues).toEqual([{ userId: 'rep-b', name: '小周' }])
  const input = noteOf({ mentions: ['rep-b'], body: '@小周 帮看尺码' })
  await rep.call(createNote, input)
  await rep.call(createNote, input)
  await world.work()
  const cards = world.wecomCalls().filter((call) => call.path.endsWith('message/send'))
  expect(cards).toHaveLength(1)
  expect(cards[0]!.body).toMatchObject({ touser: 'rep-b', textcard: { title: expect.stringContaining('提到了你') } })
  for (const wrong of [noteOf({ mentions: ['rep-c'] }), noteOf({ mentions: ['rep-b'], visibility: 'private' })])
    expect((await rep.try(createNote, wrong)).status).toBe(400)
})

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const upload = (name: string, content: string) =>
  rep.try(uploadFile, { customerId, file: FileId.parse(randomUUID()), name, content })

test('a file is what its first bytes say: a picture passes, a page or an SVG under a picture’s name does not', async () => {
  const good = await upload('试穿.png', PNG)
  expect(good.body).toMatchObject({ mime: 'image/png', name: '试穿.png' })
  for (const text of [
    '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    '<html><script>1</script></html>',
    'MZ',
  ]) {
    const bad = await upload('试穿.png', Buffer.from(text).toString('base64'))
    expect([bad.status, bad.text]).toEqual([400, expect.stringContaining('只能传')])
  }
})

test('a note’s picture is read by who reads the note, and by nobody else', async () => {
  const file = FileId.parse(randomUUID())
  await rep.call(uploadFile, { customerId, file, name: '图.png', content: PNG })
  const address = `/api/customers/${customerId}/files/${file}`
  expect((await colleague.get(address)).status).toBe(404)
  await rep.call(createNote, noteOf({ files: [file] }))
  const seen = await colleague.get(address)
  expect([seen.status, seen.headers.get('content-type'), seen.headers.get('x-content-type-options')]).toEqual([
    200,
    'image/png',
    'nosniff',
  ])
  expect((await stranger.get(address)).status).toBe(404)
  expect((await world.nobody.get(address)).status).toBe(401)
})

test('another member’s upload cannot be taken into one’s note', async () => {
  const file = FileId.parse(randomUUID())
  await rep.call(uploadFile, { customerId, file, name: '图.png', content: PNG })
  const { note } = await colleague.call(createNote, noteOf({ files: [file] }))
  expect(note.files).toEqual([])
})

test('an upload that no note took is gone after a day', async () => {
  const file = FileId.parse(randomUUID())
  await rep.call(uploadFile, { customerId, file, name: '图.png', content: PNG })
  world.clock.advance(25 * 3_600_000)
  await deps.sql`select graphile_worker.add_job('notes.cleanFiles', '{}')`
  await world.work()
  expect(await deps.sql`select 1 from note_files where id = ${file}`).toEqual([])
})

test('an open task is listed with its customer', async () => {
  expect((await rep.call(listTasks, { customerId })).tasks.length).toBeGreaterThan(0)
  expect((await stranger.try(listTasks, { customerId })).status).toBe(404)
})

test('beginnings are an admin’s to keep, by stage and in their order', async () => {
  const admin = await world.as('rep-admin')
  await deps.sql`insert into member_roles (user_id, role, given_by, given_at) values ('rep-admin', 'admin', 'test', now())`
  const list = [
    { stage: null, title: '试穿反馈', body: '需求：' },
    { stage: 'new', title: '初次', body: '从哪里来：' },
  ]
  await admin.call(saveTemplates, { templates: list })
  expect((await admin.call(listTemplates, {})).templates).toEqual(list)
  expect((await admin.try(saveTemplates, { templates: [list[0]!, list[0]!] })).status).toBe(400)
  expect((await admin.try(saveTemplates, { templates: [{ ...list[0]!, stage: 'nowhere' }] })).status).toBe(400)
})
