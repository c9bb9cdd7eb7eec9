import { parseArgs } from 'node:util'
import { ImportError } from '#server/features/orders/import/mapping.ts'
import { importOrders, type ImportReport } from '#server/features/orders/import/run.ts'
import { openDatabase } from './lib/import-database.ts'
import { OPTIONS, planImport, USAGE } from './lib/import-options.ts'
import { progressLine } from './lib/progress.ts'

const count = (value: number) => value.toLocaleString('en')

try {
  process.exitCode = await run()
} catch (error) {
  // What the person typing can mend is said in a sentence; anything else keeps its stack.
  if (!isTheirs(error)) throw error
  console.error(error.message)
  process.exitCode = 1
}

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true })
  if (values.help || positionals.length === 0) {
    console.log(USAGE)
    return values.help ? 0 : 1
  }
  const plan = await planImport(positionals, values)
  const database = await openDatabase()
  try {
    const progress = progressLine(process.stdout)
    const startedAt = performance.now()
    const report = await importOrders(database.sql, { ...plan, onProgress: progress.show })
    progress.end()
    tell(report, plan.errorsFile, (performance.now() - startedAt) / 1000)
  } finally {
    await database.close()
  }
  return 0
}

function tell(report: ImportReport, errorsFile: string, seconds: number): void {
  const { stored = 0, ...left } = report.counts
  if (report.alreadyDone)
    console.log(`这个文件已经导入过：${count(report.rows)} 行，没有改动。 Already imported; nothing changed.`)
  else if (report.resumedAt > 0) console.log(`从第 ${count(report.resumedAt)} 行之后接着导入。 Resumed.`)
  if (!report.alreadyDone) {
    const speed = Math.round((report.rows - report.resumedAt) / seconds)
    console.log(`读了 ${count(report.rows)} 行，用 ${seconds.toFixed(1)} 秒，每秒 ${count(speed)} 行。`)
  }
  console.log(`  入库 stored        ${count(stored)}`)
  for (const [reason, rows] of Object.entries(left)) console.log(`  ${reason.padEnd(18)} ${count(rows)}`)
  if (!report.alreadyDone && Object.keys(left).length > 0) console.log(`没入库的行和原因：${errorsFile}`)
}

function isTheirs(error: unknown): error is Error {
  if (error instanceof ImportError) return true
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return code === 'ENOENT' || code.startsWith('ERR_PARSE_ARGS') || code.startsWith('CSV_') || code.startsWith('Z_')
}
