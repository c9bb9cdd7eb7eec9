import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { CommentId, CustomerId, NoteId } from '#shared/ids.ts'
import { createNote, getNoteKit, updateNote } from '#shared/notes.ts'
import {
  answerReview,
  commentNote,
  getNoteReview,
  getReviewNote,
  judgeNote,
  keepAsTemplate,
  listReview,
  undoVerdict,
} from '#shared/review.ts'
import { createTask } from '#shared/tasks.ts'
import { makeFollowed } from '#server/testing/builders.ts'
import { createReviewWorld, FINE, judge, later, words } from './testing.ts'

const world = await createReviewWorld()
const { deps, clock, rep, boss, meet, write, tab } = world
const namesOf = async (noteId: NoteId) =>
  (await boss.call(getReviewNote, { ledNoteId: noteId })).item.flags.map((f) => f.name)
const cards = async (to: string): Promise<{ title: string; path: string; state: string }[]> => [
  ...(await deps.sql<{ title: string; path: string; state: string }[]>`
    select write ->> 'title' as title, write ->> 'path' as path, state from outbox where write ->> 'to' = ${to} order by id`),
]

describe('what is worth a look', () => {
  test('a note that meets no rule is low risk; one that meets some names each, with the words it found', async () => {
    const fine = await write(FINE)
    const bad = await write('怕她走掉，我跟她说可以私下返 50', { next: false })
    expect((await tab('low')).map((item) => item.noteId)).toContain(fine.noteId)
    const found = (await tab('flagged')).find((item) => item.noteId === bad.noteId)!
    expect(found.flags.map((flag) => [flag.name, flag.tone, flag.found])).toEqual([
      ['私下返现', 'bad', '私下返'],
      ['无下一步', 'warn', ''],
    ])
  })

  test('the fourth day of contact in a week is too often, the third is not; sends count as notes do', async () => {
    const customerId = await meet()
    const before = clock.now()
    const names: string[][] = []
    for (let day = 0; day < 4; day++) {
      names.push(await namesOf((await write(FINE, { customerId })).noteId))
      clock.advance(86_400_000)
    }
    expect(names).toEqual([[], [], [], ['联系太频繁']])
    const { week } = await boss.call(getReviewNote, { ledNoteId: (await tab('flagged'))[0]!.noteId })
    expect(week).toEqual([true, true, true, true, false, false, false])
    clock.advance(before.getTime() - clock.now().getTime() + 7 * 86_400_000)
    expect(await namesOf((await write(FINE, { customerId })).noteId)).toEqual([])
  })

  test('a next step that is set afterwards takes the mark away', async () => {
    const { customerId, noteId } = await write(FINE, { next: false })
    expect(await namesOf(noteId)).toEqual(['无下一步'])
    await rep.call(createTask, { customerId, ...later() })
    expect(await namesOf(noteId)).toEqual([])
  })

  test('private notes, put-away ones and one’s own are nobody’s to review', async () => {
    const hidden = await write(FINE, { visibility: 'private' })
    const own = CustomerId.parse((await makeFollowed(deps, 'boss')).id)
    const note = NoteId.parse(randomUUID())
    await boss.call(createNote, { customerId: own, note, ...words(FINE), next: null })
    for (const ledNoteId of [hidden.noteId, note])
      expect((await boss.try(getReviewNote, { ledNoteId })).status).toBe(404)
  })

  test('by store, by words, by days; pages neither repeat nor miss', async () => {
    const { noteId } = await write('客户想要一个很特别的陶罐，周五再看')
    expect((await tab('low', { q: '特别的陶罐', store: '5' })).map((item) => item.noteId)).toEqual([noteId])
    expect(await tab('low', { q: '特别的陶罐', store: '6' })).toEqual([])
    clock.advance(2 * 86_400_000)
    expect(await tab('low', { q: '特别的陶罐', days: '1' })).toEqual([])
    for (let i = 0; i < 55; i++) await write(`分页 ${i} ${FINE}`)
    const seen: string[] = []
    for (let cursor: string | undefined; ;) {
      const page = await boss.call(listReview, { tab: 'low', q: '分页', ...(cursor && { cursor }) })
      seen.push(...page.items.map((item) => item.noteId))
      if (page.nextCursor === null) break
      cursor = page.nextCursor
    }
    expect([seen.length, new Set(seen).size]).toEqual([55, 55])
  })
})

describe('a verdict', () => {
  test('moves the note to what is done; the same again is once; undone it is as before', async () => {
    const { noteId } = await write(FINE)
    const given = judge(noteId, 'passed')
    expect((await boss.call(judgeNote, given)).item.verdict).toBe('passed')
    await boss.call(judgeNote, given)
    expect((await tab('done')).filter((item) => item.noteId === noteId).length).toBe(1)
    expect((await boss.call(undoVerdict, { ledNoteId: noteId, review: given.review })).item.verdict).toBeNull()
    expect((await boss.try(undoVerdict, { ledNoteId: noteId, review: given.review })).status).toBe(409)
    expect((await tab('low')).map((item) => item.noteId)).toContain(noteId)
  })

  test('an older verdict stands again when the newer is taken back', async () => {
    const { noteId } = await write(FINE)
    await boss.call(judgeNote, judge(noteId, 'passed'))
    clock.advance(1_000)
    const second = judge(noteId, 'escalated')
    await boss.call(judgeNote, second)
    expect((await boss.call(undoVerdict, { ledNoteId: noteId, review: second.review })).item.verdict).toBe('passed')
  })

  test('returned: the rep is told by a card that opens the note, answers, and edits; the manager sees both texts', async () => {
    const { customerId, noteId } = await write('可以私下返 50')
    await boss.call(judgeNote, judge(noteId, 'returned', { comment: '返现要走店铺券，请改口' }))
    const [card] = (await cards('rep')).slice(-1)
    expect(card).toMatchObject({
      title: 'boss 退回了一条跟进，请修改',
      path: `/sidebar?customer=${customerId}&note=${noteId}`,
    })
    const mine = await rep.call(getNoteReview, { customerId, noteId })
    expect([mine.judged?.verdict, mine.comments.map((c) => c.body)]).toEqual(['returned', ['返现要走店铺券，请改口']])
    clock.advance(1_000)
    const answer = {
      comment: CommentId.parse(randomUUID()),
      body: '已改成店铺券',
      replyTo: mine.comments[0]!.id,
      mentions: [],
    }
    await rep.call(answerReview, { customerId, noteId, ...answer })
    expect((await cards('boss')).at(-1)).toMatchObject({ title: 'rep 回复了审阅', path: `/desk#/review/${noteId}` })
    await rep.call(updateNote, { customerId, noteId, version: 1, ...words('给她 50 元店铺券，约周五到店') })
    const now = await boss.call(getReviewNote, { ledNoteId: noteId })
    expect(now.item).toMatchObject({ verdict: null, version: 2, read: false })
    expect(now.item.flags.map((flag) => flag.name)).toEqual(['审后又改'])
    expect(now.versions.map((version) => version.body)).toEqual(['可以私下返 50'])
    expect(now.comments[1]).toMatchObject({ body: '已改成店铺券', replyTo: mine.comments[0]!.id })
  })

  test('a text that changed meanwhile is not judged by what it was', async () => {
    const { customerId, noteId } = await write(FINE)
    await rep.call(updateNote, { customerId, noteId, version: 1, ...words(`${FINE}。补充`) })
    expect((await boss.try(judgeNote, judge(noteId, 'passed'))).status).toBe(409)
    expect((await boss.call(judgeNote, judge(noteId, 'passed', { version: 2 }))).item.verdict).toBe('passed')
  })

  test('taken back within seconds, the rep hears nothing of it', async () => {
    const { noteId } = await write(FINE)
    const given = judge(noteId, 'returned', { comment: '点错了' })
    await boss.call(judgeNote, given)
    await boss.call(undoVerdict, { ledNoteId: noteId, review: given.review })
    const sent = world.wecomCalls().length
    await world.work()
    expect(
      world
        .wecomCalls()
        .slice(sent)
        .some((call) => JSON.stringify(call).includes('点错了')),
    ).toBe(false)
    expect((await cards('rep')).at(-1)).toMatchObject({ state: 'dropped' })
    expect((await boss.call(getReviewNote, { ledNoteId: noteId })).comments).toEqual([])
  })

  test('whom the words of a verdict mention is told, and the thread they answer is kept', async () => {
    const { customerId, noteId } = await write(FINE)
    const question = CommentId.parse(randomUUID())
    await boss.call(commentNote, { ledNoteId: noteId, comment: question, body: '尺码呢', replyTo: null, mentions: [] })
    clock.advance(1_000)
    const given = judge(noteId, 'returned', { comment: '@boss-b 也看看', mentions: ['boss-b'], replyTo: question })
    await boss.call(judgeNote, given)
    expect((await cards('boss-b')).at(-1)).toMatchObject({
      title: 'boss 在审阅里提到了你',
      path: `/desk#/review/${noteId}`,
    })
    const { comments } = await rep.call(getNoteReview, { customerId, noteId })
    expect(comments.at(-1)).toMatchObject({ replyTo: question, mentions: [{ userId: 'boss-b' }] })
    const wrong = judge(noteId, 'passed', { comment: '看', mentions: ['admin'] })
    expect((await boss.try(judgeNote, wrong)).status).toBe(400)
    expect((await boss.call(undoVerdict, { ledNoteId: noteId, review: given.review })).item.verdict).toBeNull()
    await world.work()
    expect((await cards('boss-b')).at(-1)?.state).toBe('dropped')
  })

  test('what is escalated is told to whoever else leads the author, not to the author, and is found by its verdict', async () => {
    const { noteId } = await write('可以私下返 50')
    const [mine, told] = [(await cards('rep')).length, (await cards('boss-b')).length]
    await boss.call(judgeNote, judge(noteId, 'escalated'))
    expect([(await cards('rep')).length, (await cards('boss-b')).length]).toEqual([mine, told + 1])
    expect((await cards('boss-b')).at(-1)?.title).toBe('boss 把一条跟进转合规')
    const found = await tab('done', { verdict: 'escalated', days: '1' })
    expect([found.map((item) => item.noteId), new Set(found.map((item) => item.verdict))]).toEqual([
      expect.arrayContaining([noteId]),
      new Set(['escalated']),
    ])
  })

  test('a passed note without words tells nobody', async () => {
    const { noteId } = await write(FINE)
    const before = (await cards('rep')).length
    await boss.call(judgeNote, judge(noteId, 'passed'))
    expect((await cards('rep')).length).toBe(before)
  })

  test('two managers at once: one verdict after the other, the last one stands', async () => {
    const { noteId } = await write(FINE)
    const other = await world.as('boss-b')
    await Promise.all([boss.call(judgeNote, judge(noteId, 'passed')), other.call(judgeNote, judge(noteId, 'returned'))])
    const [{ n }] = (await deps.sql`select count(*)::int as n from note_reviews where note_id = ${noteId}`) as [
      { n: number },
    ]
    expect(n).toBe(2)
  })
})

test('read is each manager’s own, of each text; the first look is in the audit log', async () => {
  const { noteId, customerId } = await write(FINE)
  const readBy = async () => (await tab('low', { days: '1' })).find((item) => item.noteId === noteId)?.read
  expect(await readBy()).toBe(false)
  for (let i = 0; i < 3; i++) await boss.call(getReviewNote, { ledNoteId: noteId })
  expect(await readBy()).toBe(true)
  const entries =
    await deps.sql`select 1 from audit_log where action = 'note.read_as_manager' and subject = ${customerId}`
  expect(entries.length).toBe(1)
})

test('a comment calls the author and other leaders, nobody else', async () => {
  const { noteId } = await write(FINE)
  const say = (mentions: string[]) => ({
    ledNoteId: noteId,
    comment: CommentId.parse(randomUUID()),
    body: '请看一下',
    replyTo: null,
    mentions,
  })
  await boss.call(commentNote, say(['boss-b']))
  expect((await cards('boss-b')).at(-1)?.title).toBe('boss 在审阅里提到了你')
  expect((await boss.try(commentNote, say(['admin']))).status).toBe(400)
})

test('an exemplary note is everybody’s beginning', async () => {
  const { noteId, customerId } = await write(FINE)
  await boss.call(keepAsTemplate, { ledNoteId: noteId, title: '试穿反馈', body: '需求：\n依据：\n下一步：' })
  expect((await rep.call(getNoteKit, { customerId })).templates.map((one) => one.title)).toContain('试穿反馈')
})
