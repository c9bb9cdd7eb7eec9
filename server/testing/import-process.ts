import { type DatabaseTarget, openPool } from '../db/client.ts'
import { PRESETS } from '../features/orders/import/mapping.ts'
import { importOrders } from '../features/orders/import/run.ts'

/** One import in a process of its own, for tests that end it as a power cut would. */
const { target, file, source } = JSON.parse(process.argv[2] ?? '{}') as {
  target: DatabaseTarget
  file: string
  source: string
}
const sql = openPool(target, 2)
await importOrders(sql, {
  file,
  layout: { ...PRESETS['online-retail']!, source },
  errorsFile: `${file}.errors.csv`,
  chunkRows: 500,
  onProgress: ({ rows }) => void process.stdout.write(`${rows}\n`),
})
await sql.end()
