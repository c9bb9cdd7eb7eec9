import { parseArgs } from 'node:util'
import { reportOf } from '#shared/doctor.ts'
import { loadConfig } from '#server/config.ts'
import { diagnose } from '#server/features/doctor/service.ts'
import { createLog } from '#server/log.ts'
import { createWecom } from '#server/wecom/client.ts'
import { existsSync } from 'node:fs'
import { openDatabase } from './lib/import-database.ts'

const USAGE = `用法 usage: npm run doctor -- [--json]
  逐项检查企业微信的设置、回调、域名、数据库和作业，说明哪里不对、在后台哪里改。有问题时退出码为 1。
  Checks every prerequisite and says what to mend; exit code 1 where something is wrong.`

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
})
if (values.help) {
  console.log(USAGE)
  process.exit(0)
}
if (existsSync('.env')) process.loadEnvFile('.env')
const config = loadConfig(process.env)
if (config.mode === 'demo') {
  console.log('没有企业微信的设置：演示模式不需要体检，npm start 即可。 No WeCom settings: the demo needs no doctor.')
  process.exit(0)
}
const database = await openDatabase()
try {
  const { sql } = database
  const now = () => new Date()
  const wecom = createWecom({ config, sql, now, log: createLog('silent') })
  const found = await diagnose({ config, sql, wecom, now })
  console.log(values.json ? JSON.stringify(found, null, 2) : reportOf(found))
  process.exitCode = found.checks.some((check) => check.state === 'bad') ? 1 : 0
} finally {
  await database.close()
}
