import { run } from '#server/db/json.ts'
import { readStatus } from '#server/jobs/status.ts'
import { refusedCallbacks } from '#server/wecom/callback-count.ts'
import { bad, type Needs, ok, skipped, type Verdict, warn } from './verdict.ts'

/* What our own database and processes tell. */

const OLDEST_DATABASE = 15
const MOST_SKEW_MS = 5_000
const OLD_JOB_SECONDS = 300

export async function database({ sql }: Needs): Promise<Verdict> {
  const [row] = await run<{ version: number; writable: boolean }>(
    sql,
    `select current_setting('server_version_num')::int / 10000 as version, not pg_is_in_recovery() as writable`,
    [],
  )
  if (row!.version < OLDEST_DATABASE) return bad(`PostgreSQL ${row!.version}`, `请升级到 ${OLDEST_DATABASE} 以上`)
  return row!.writable
    ? ok(`PostgreSQL ${row!.version}，可写`)
    : bad('连到的是只读副本', '请把 DATABASE_URL 改成主库的地址')
}

/** Held against the middle of the question, so that a slow answer is no wrong clock. */
export async function clock({ sql, now }: Needs): Promise<Verdict> {
  const asked = now().getTime()
  const [row] = await run<{ ms: number }>(sql, `select extract(epoch from clock_timestamp()) * 1000 as ms`, [])
  const skew = Math.abs(Number(row!.ms) - (asked + now().getTime()) / 2)
  return skew > MOST_SKEW_MS
    ? bad(
        `服务器和数据库的时钟差 ${Math.round(skew / 1000)} 秒`,
        '请在两台机器上都打开时间同步（chrony 或 systemd-timesyncd）；回调签名只认十分钟内的',
      )
    : ok(`与数据库相差 ${Math.round(skew)} 毫秒`)
}

export async function queue({ sql }: Needs): Promise<Verdict> {
  const { queue: waiting, dead } = await readStatus(sql)
  if (dead.length > 0) return warn(`有 ${dead.length} 个作业失败到底`, '在「同步与作业」里看原因，改好后点重试')
  if ((waiting.oldestSeconds ?? 0) > OLD_JOB_SECONDS)
    return bad(
      `最早的作业等了 ${waiting.oldestSeconds} 秒没人做`,
      '请确认有一个进程在跑作业（npm start，或 npm start -- --worker）',
    )
  return ok(`等待 ${waiting.jobs} 个`)
}

/** Whether the OAuth domain is right only WeCom's client can try: a sign-in that came back is the proof. */
export async function oauth({ config, sql }: Needs): Promise<Verdict> {
  if (config.mode === 'demo') return skipped('演示模式')
  const [row] = await run<{ last: string | null }>(sql, 'select max(created_at)::text as last from sessions', [])
  if (row!.last !== null) return ok(`最近一次登录 ${row!.last.slice(0, 19)}`)
  return warn(
    '还没有人登录成功过，没法确认',
    `在侧边栏里打开一次；报 50001 就是可信域名不对：企业微信后台 → 应用管理 → 自建应用 → 网页授权及 JS-SDK → 可信域名填 ${new URL(config.publicUrl).host}，工作台登录还要在「企业微信授权登录」里填同一个域名`,
  )
}

export async function callbackKeys(deps: Needs): Promise<Verdict> {
  const refused = refusedCallbacks(deps)
  const [row] = await run<{ last: string | null }>(deps.sql, 'select max(received_at)::text as last from inbox', [])
  const where =
    '企业微信后台 → 客户联系 → API → 接收事件服务器：URL 填 PUBLIC_URL/wecom/callback，Token 和 EncodingAESKey 与设置一致'
  if (refused > 0) return bad(`有 ${refused} 次回调验不过签名`, `${where}（两边不一致，或有人冒充）`)
  return row!.last === null ? warn('还没收到过回调', where) : ok(`最近一次 ${row!.last.slice(0, 19)}`)
}

export async function managers({ sql }: Needs): Promise<Verdict> {
  const [row] = await run<{ departments: number; led: number }>(
    sql,
    `select count(*)::int as departments, count(*) filter (where leader_user_ids <> '{}')::int as led from departments`,
    [],
  )
  if (row!.departments === 0) return warn('还没有同步到部门', '等第一次同步完成，或在「同步与作业」里点全量同步')
  return row!.led === 0
    ? warn('没有一个部门设了负责人', '企业微信后台 → 通讯录 → 部门 → 设置部门负责人：旁白的「负责人」以此为准')
    : ok(`${row!.departments} 个部门，${row!.led} 个有负责人`)
}
