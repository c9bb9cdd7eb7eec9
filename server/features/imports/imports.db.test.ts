import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { writeXlsx } from 'hucre/xlsx'
import {
  beginUpload,
  checkImport,
  decideConflict,
  getImport,
  getImportErrors,
  type Layout,
  listConflicts,
  listImports,
  previewImport,
  runImport,
  undoImport,
  uploadPart,
} from '#shared/imports.ts'
import { CustomerId } from '#shared/ids.ts'
import { makeBuyer, makeFollowed } from '#server/testing/builders.ts'
import { createWorld } from '#server/testing/world.ts'
import { cleanImports } from './work.ts'

const world = await createWorld()
const { deps, clock } = world
const { sql } = deps
const job = { ...deps, actor: { kind: 'job' as const, name: 'test' } }
const admin = await world.as('admin')
await sql`insert into member_roles (user_id, role, given_by, given_at) values ('admin', 'admin', 'test', now())`

const HEAD = '订单号,货号,品名,数量,单价,下单时间,会员号'
const layout = (source: string, more: Record<string, string> = {}): Layout => ({
  source,
  currency: 'CNY',
  utcOffset: 480,
  refundPrefix: 'C',
  mapping: {
    order: '订单号',
    sku: '货号',
    name: '品名',
    quantity: '数量',
    price: '单价',
    at: '下单时间',
    member: '会员号',
    ...more,
  },
})

async function upload(content: Buffer | string, partBytes = 1_000) {
  const bytes = Buffer.from(content)
  const importId = randomUUID()
  clock.advance(1_000)
  await admin.call(beginUpload, { file: importId, name: '订单.csv', size: bytes.length })
  const parts = Array.from({ length: Math.ceil(bytes.length / partBytes) }, (_, part) => part)
  for (const part of parts.reverse())
    await admin.call(uploadPart, {
      importId,
      part,
      content: bytes.subarray(part * partBytes, (part + 1) * partBytes).toString('base64'),
    })
  return importId
}
async function imported(content: Buffer | string, how: Layout) {
  const importId = await upload(content)
  await admin.call(runImport, { importId, layout: how })
  await world.work()
  return await admin.call(getImport, { importId })
}
const line = (order: string, member: string, price = '10.00', more = '') =>
  `${order},S1,陶瓷杯,2,${price},2026-01-02 10:00,${member}${more}`
const ordersOf = async (source: string) => [
  ...(await sql<
    { n: string; fen: number }[]
  >`select order_number as n, amount_fen::int as fen from orders where source = ${source} order by 1`),
]

describe('a file is what it holds', () => {
  const rows = [HEAD, line('A1', 'm1')]
  test.for([
    ['UTF-8 with a mark', Buffer.from(`\ufeff${rows.join('\n')}`), 'csv', 'utf-8'],
    ['GB18030', gb18030(rows.join('\r\n')), 'csv', 'gb18030'],
    ['UTF-16', Buffer.from(`\ufeff${rows.join('\r\n')}`, 'utf16le'), 'csv', 'utf-16le'],
  ] as const)('%s', async ([, content, kind, encoding]) => {
    const preview = await admin.call(previewImport, { importId: await upload(content) })
    expect([preview.kind, preview.encoding, preview.headings, preview.rows[0]?.[2]]).toEqual([
      kind,
      encoding,
      HEAD.split(','),
      '陶瓷杯',
    ])
    expect(preview.layout.mapping).toEqual(layout('x').mapping)
  })

  test('XLSX: numbers as written, leading zeros of text kept, dates as dates', async () => {
    const cells = [HEAD.split(','), ['X1', '00123', '陶瓷杯', 2, 2.55, new Date(Date.UTC(2026, 0, 2, 10)), '0017']]
    const file = await writeXlsx({ sheets: [{ name: '订单', rows: cells }] })
    const importId = await upload(Buffer.from(file))
    const preview = await admin.call(previewImport, { importId })
    expect([preview.kind, preview.rows[0]]).toEqual([
      'xlsx',
      ['X1', '00123', '陶瓷杯', '2', '2.55', '2026-01-02 10:00:00', '0017'],
    ])
    await admin.call(runImport, { importId, layout: layout('xlsx') })
    await world.work()
    expect(await ordersOf('xlsx')).toEqual([{ n: 'X1', fen: 510 }])
  })

  test.for([
    ['empty', Buffer.from('\n'), '文件是空的'],
    ['a broken workbook', Buffer.from('PK\u0003\u0004nothing'), '打不开'],
  ] as const)('%s is said in a sentence', async ([, content, words]) => {
    const answer = await admin.try(previewImport, { importId: await upload(content) })
    expect([answer.status, answer.text.includes(words)]).toEqual([400, true])
  })
})

test('a check counts and writes nothing; then the import does what it said; bad rows are named', async () => {
  const importId = await upload(
    [HEAD, line('B1', 'm1'), line('B2', 'm2'), line('B3', '', '1.00'), line('B4', 'm4', 'x')].join('\n'),
  )
  await admin.call(checkImport, { importId, layout: layout('check') })
  await world.work()
  const checked = await admin.call(getImport, { importId })
  expect(checked).toMatchObject({
    state: 'checked',
    rows: 4,
    would: { fresh: 2, again: 0 },
    counts: { stored: 2, no_member: 1, bad_price: 1 },
  })
  expect(await ordersOf('check')).toEqual([])
  const { csv } = await admin.call(getImportErrors, { importId })
  expect(csv.split('\n')[1]).toMatch(/^4,no_member,没有会员号,B3/)
  await admin.call(runImport, { importId, layout: layout('check') })
  await world.work()
  expect((await admin.call(getImport, { importId })).counts).toEqual(checked.counts)
  expect((await ordersOf('check')).length).toBe(2)
})

test('a month later nothing of a file is left, in the database or on disk, but what became of it', async () => {
  const importId = await upload([HEAD, line('M1', '', '1.00', ',13800001234')].join('\n'))
  await admin.call(checkImport, { importId, layout: layout('month') })
  await world.work()
  const onDisk = () =>
    readdir(join(deps.config.dataDir, 'imports')).then((names) => names.filter((name) => name.startsWith(importId)))
  await cleanImports(job)
  expect([(await onDisk()).length, (await admin.call(getImport, { importId })).hasErrors]).toEqual([2, true])
  clock.advance(31 * 86_400_000)
  await cleanImports(job)
  const kept = await admin.call(getImport, { importId })
  expect([await onDisk(), kept.hasErrors, kept.rows, kept.counts['no_member']]).toEqual([[], false, 1, 1])
  expect((await admin.call(getImportErrors, { importId })).csv).toBe('')
  clock.advance(-31 * 86_400_000)
})

test('how a file was read is remembered for the next with the same headings', async () => {
  const odd = 'no,code,title,qty,each,when,card'
  const mapping = {
    order: 'no',
    sku: 'code',
    name: 'title',
    quantity: 'qty',
    price: 'each',
    at: 'when',
    member: 'card',
  }
  await imported(`${odd}\n${line('D1', 'm1')}`, { ...layout('odd'), mapping })
  const preview = await admin.call(previewImport, { importId: await upload(`${odd}\n${line('D2', 'm1')}`) })
  expect([preview.remembered, preview.layout.source, preview.layout.mapping]).toEqual([true, 'odd', mapping])
})

test('a wrong column is an answer, not a broken job', async () => {
  const run = await imported(`${HEAD}\n${line('E1', 'm1')}`, {
    ...layout('wrong'),
    mapping: { ...layout('x').mapping, price: '没有这列' },
  })
  expect([run.state, run.message]).toEqual(['failed', expect.stringContaining('文件里没有这些列：没有这列')])
})

describe('taking an import back', () => {
  test('new orders go, changed ones are as before, sums are counted anew; the same file may come again', async () => {
    await imported(`${HEAD}\n${line('F1', 'm1', '10.00')}`, layout('back'))
    const second = `${HEAD}\n${line('F1', 'm1', '99.00')}\n${line('F2', 'm1', '5.00')}`
    const run = await imported(second, layout('back'))
    const spend = async () =>
      Number(
        (await sql`select spend_fen from buyer_stats s join buyers b on b.id = s.buyer_id where b.source = 'back'`)[0]![
          'spend_fen'
        ],
      )
    expect([await ordersOf('back'), await spend()]).toEqual([
      [
        { n: 'F1', fen: 19_800 },
        { n: 'F2', fen: 1_000 },
      ],
      20_800,
    ])
    await admin.call(undoImport, { importId: run.id })
    await world.work()
    expect(await admin.call(getImport, { importId: run.id })).toMatchObject({
      state: 'undone',
      undone: { undone: 2, left: 0 },
    })
    expect([await ordersOf('back'), await spend()]).toEqual([[{ n: 'F1', fen: 2_000 }], 2_000])
    expect((await imported(second, layout('back'))).message).toBeNull()
    expect((await ordersOf('back')).length).toBe(2)
  })

  test('what a later import wrote again stays, and that one falls back past both', async () => {
    const first = await imported(`${HEAD}\n${line('G1', 'm1', '1.00')}`, layout('later'))
    const second = await imported(`${HEAD}\n${line('G1', 'm1', '2.00')}`, layout('later'))
    await admin.call(undoImport, { importId: first.id })
    await world.work()
    expect((await admin.call(getImport, { importId: first.id })).undone).toEqual({ undone: 0, left: 1 })
    expect(await ordersOf('later')).toEqual([{ n: 'G1', fen: 400 }])
    await admin.call(undoImport, { importId: second.id })
    await world.work()
    expect(await ordersOf('later')).toEqual([])
  })
})

describe('whose orders these are', () => {
  const hinted = `${HEAD},手机,unionid,external_userid`
  const how = (source: string) => layout(source, { phone: '手机', union: 'unionid', external: 'external_userid' })
  const buyerOf = async (id: string) =>
    (
      await sql`select b.member_number as m from customers c join buyers b on b.id = c.buyer_id where c.id = ${id}`
    )[0]?.['m']

  test('by external_userid, unionid and phone; the surest wins', async () => {
    const byId = await makeFollowed(deps, 'rep')
    const byUnion = await makeFollowed(deps, 'rep', { customer: { unionId: 'o-union' } })
    const byPhone = await makeFollowed(deps, 'rep', { follow: { phones: ['13800001111'] } })
    const file = [
      hinted,
      line('H1', 'v1', '1.00', `,,,${byId.id}`),
      line('H2', 'v2', '1.00', ',,o-union,'),
      line('H3', 'v3', '1.00', ',+86 138-0000-1111,,'),
      line('H4', 'v4', '1.00', ',13999999999,,'),
    ].join('\n')
    const run = await imported(file, how('match'))
    expect(run.matched).toEqual({ linked: 3, conflicts: 0 })
    expect([await buyerOf(byId.id), await buyerOf(byUnion.id), await buyerOf(byPhone.id)]).toEqual(['v1', 'v2', 'v3'])
    const { rates } = await admin.call(listImports, {})
    expect(rates.find((rate) => rate.source === 'match')).toEqual({
      source: 'match',
      buyers: 4,
      linked: 3,
      conflicts: 0,
    })
  })

  test('two who share a phone, and one who is another buyer already, wait for somebody’s word; a no is remembered', async () => {
    const [a, b] = [
      await makeFollowed(deps, 'rep', { customer: { name: '王芳' }, follow: { phones: ['13800002222'] } }),
      await makeFollowed(deps, 'rep', { follow: { phones: ['13800002222'] } }),
    ]
    const other = await makeBuyer(deps)
    const taken = await makeFollowed(deps, 'rep', {
      customer: { buyerId: other.id },
      follow: { phones: ['13800003333'] },
    })
    const file = [hinted, line('K1', 'w1', '1.00', ',13800002222,,'), line('K2', 'w2', '1.00', ',13800003333,,')].join(
      '\n',
    )
    expect((await imported(file, how('clash'))).matched).toEqual({ linked: 0, conflicts: 2 })
    const { conflicts } = await admin.call(listConflicts, {})
    const [shared, claimed] = ['w1', 'w2'].map((member) => conflicts.find((one) => one.memberNumber === member)!)
    expect(shared!.candidates.map((one) => [one.customer, one.by, one.taken]).sort()).toEqual(
      [
        [a.id, 'phone', false],
        [b.id, 'phone', false],
      ].sort(),
    )
    expect(shared!.candidates.find((one) => one.customer === a.id)!.name).toBe('王*')
    expect(claimed!.candidates.map((one) => [one.customer, one.taken])).toEqual([[taken.id, true]])
    await admin.call(decideConflict, { buyer: shared!.buyer, customer: CustomerId.parse(a.id) })
    await admin.call(decideConflict, { buyer: claimed!.buyer, customer: null })
    expect([await buyerOf(a.id), await buyerOf(b.id)]).toEqual(['w1', undefined])
    await imported(`${file}\n${line('K3', 'w2', '1.00', ',13800003333,,')}`, how('clash'))
    expect((await admin.call(listConflicts, {})).conflicts.filter((one) => one.source === 'clash')).toEqual([])
    expect((await admin.try(decideConflict, { buyer: shared!.buyer, customer: null })).status).toBe(404)
  })
})

/** What a Chinese shop system writes. Node encodes only UTF-8, so through its own table: the characters of these tests. */
function gb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030')
  const table = new Map<string, [number, number]>()
  for (let lead = 0xb0; lead <= 0xf7; lead++)
    for (let trail = 0xa1; trail <= 0xfe; trail++)
      table.set(decoder.decode(new Uint8Array([lead, trail])), [lead, trail])
  return Buffer.from([...text].flatMap((char) => (char < '\u0080' ? [char.charCodeAt(0)] : table.get(char)!)))
}
