import { Hono } from 'hono'
import { afterAll, beforeEach } from 'vitest'
import { loadConfig } from '../config.ts'
import type { Deps } from '../context.ts'
import { connect, openOwnerPool } from '../db/client.ts'
import { answerError } from '../http/errors.ts'
import type { Env } from '../http/mount.ts'
import { oauth } from '../http/oauth.ts'
import { protect } from '../http/security.ts'
import { createSessions, sessionRoutes } from '../http/session.ts'
import { createLog } from '../log.ts'
import type { RemoteMember, Wecom } from '../wecom/port.ts'
import { createDatabase } from './database.ts'

export const US = 'https://pangbai.example.com'
export const WXWORK = 'Mozilla/5.0 (iPhone) wxwork/5.0.6 MicroMessenger/7.0.1'

export const rep: RemoteMember = {
  userId: 'Rep-A',
  name: '林',
  position: '导购',
  mainDepartmentId: 12,
  departmentIds: [2, 12],
  status: 1,
}

export const departments = [
  { id: 2, name: '华东', parentId: 1, leaderUserIds: [] },
  { id: 12, name: '湖滨店', parentId: 2, leaderUserIds: ['Rep-L'] },
]

const config = loadConfig({
  PUBLIC_URL: US,
  SESSION_SECRET: 'a-session-secret-of-at-least-thirty-two-characters',
  WECOM_CORP_ID: 'ww00test',
  WECOM_AGENT_ID: '1000002',
  WECOM_SECRET: 'the-secret-of-the-app',
  WECOM_CALLBACK_TOKEN: 'token',
  WECOM_CALLBACK_AES_KEY: 'a'.repeat(43),
})

export const cookieOf = (res: Response): string => (res.headers.get('set-cookie') ?? '').split(';')[0] ?? ''

/** Signing in on a database of its own: every code belongs to `rep`, unless `answers` says otherwise. Ends with the test file. */
export async function createSignIn() {
  const database = await createDatabase()
  const { close, ...pools } = connect(database.target)
  const answers: Partial<Pick<Wecom, 'memberOfCode' | 'readMember' | 'listDepartments'>> = {}
  const codes: string[] = []
  const wecom = {
    memberOfCode: async (code: string) => {
      codes.push(code)
      return answers.memberOfCode ? await answers.memberOfCode(code) : { userId: 'rep-a' }
    },
    readMember: async (userId: string) => (answers.readMember ? await answers.readMember(userId) : rep),
    listDepartments: async () => (answers.listDepartments ? await answers.listDepartments() : departments),
  } as Wecom
  let lines = ''
  const log = createLog('trace', { write: (line) => (lines += line) })
  const deps: Deps = { config, ...pools, wecom, model: undefined, now: () => new Date(), log }
  const sessions = await createSessions(deps)
  const owner = openOwnerPool(database.target, 1)
  const app = new Hono<Env>()
  app.onError((err, c) => answerError(log, err, c))
  app.use(protect(deps))
  app.use('/api/*', async (c, next) => {
    c.set('actor', await sessions.identify(c))
    await next()
  })
  sessionRoutes(app, deps, sessions)
  oauth(app, deps, sessions)

  beforeEach(async () => {
    lines = ''
    codes.length = 0
    for (const key of Object.keys(answers)) delete answers[key as keyof typeof answers]
    await owner`truncate sessions, login_states, members, departments`
  })
  afterAll(async () => {
    await sessions.close()
    await owner.end()
    await close()
    await database.drop()
  })

  return {
    app,
    sql: deps.sql,
    answers,
    /** The codes WeCom was asked about. */
    codes,
    logged: () => lines,
    /** Opens `/auth/login` in a browser; `cookie` is what marks that browser afterwards. */
    begin: async (returnPath = '/sidebar?entry=single_chat_tools', agent = WXWORK, cookie = '') => {
      const path = `/auth/login?return=${encodeURIComponent(returnPath)}`
      const res = await app.request(path, { headers: { 'user-agent': agent, cookie } })
      const to = new URL(res.headers.get('location') ?? 'none:')
      return { res, to, state: to.searchParams.get('state') ?? '', cookie: cookieOf(res) }
    },
    /** Comes back from WeCom. */
    finish: async (query: Record<string, string>, cookie: string) =>
      await app.request(`/auth/callback?${new URLSearchParams(query).toString()}`, { headers: { cookie } }),
    countSessions: async () => {
      const [row] = await deps.sql<{ n: number }[]>`select count(*)::int as n from sessions`
      return row?.n
    },
  }
}
