import { parseArgs } from 'node:util'
import { GivenRole } from '#shared/members.ts'
import { AppError } from '#server/errors.ts'
import { giveRoles } from '#server/features/members/service.ts'
import { openDatabase } from './lib/import-database.ts'

const USAGE = `用法 usage: npm run roles -- --user USERID [--roles admin,clerk,auditor]
  给一位成员这些角色（不写 --roles 就是全部取消）。第一位管理员从这里来，之后在工作台里改。改动记入审计。
  Gives a member exactly these roles; none takes all away. The first admin comes from here.`

const { values } = parseArgs({
  options: { user: { type: 'string' }, roles: { type: 'string', default: '' }, help: { type: 'boolean' } },
})
const roles = values.roles.split(',').filter(Boolean)
const unknown = roles.filter((role) => !GivenRole.safeParse(role).success)
if (values.help || values.user === undefined || unknown.length > 0) {
  console.log(unknown.length > 0 ? `不认识的角色 ${unknown.join('、')}。\n${USAGE}` : USAGE)
  process.exit(values.help ? 0 : 2)
}
const database = await openDatabase()
try {
  const change = { userId: values.user, roles: roles as GivenRole[], by: 'terminal', now: new Date() }
  const row = await database.sql.begin((tx) => giveRoles(tx, change))
  console.log(`${row.name}（${row.userId}）：${row.roles.join('、') || '没有角色'}`)
} catch (error) {
  if (!(error instanceof AppError)) throw error
  console.error(`${error.message}。成员要先登录过，或等同步完成。 The member must have signed in, or been synced.`)
  process.exitCode = 1
} finally {
  await database.close()
}
