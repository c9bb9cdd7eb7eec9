import { randomBytes } from 'node:crypto'
import type { Check, CheckId, Diagnosis } from '#shared/doctor.ts'
import { run } from '#server/db/json.ts'
import { seal, signatureOf } from '#server/wecom/crypto.ts'
import { WecomError } from '#server/wecom/error.ts'
import { ticketsOf } from '#server/wecom/jssdk.ts'
import { callbackKeys, clock, database, managers, oauth, queue } from './own.ts'
import { bad, type Needs, ok, type Probe, skipped, type Verdict, warn } from './verdict.ts'

const PATIENCE_MS = 5_000

const NAMES: Record<CheckId, string> = {
  database: '数据库',
  clock: '时钟',
  queue: '后台作业',
  address: '网址',
  domainFile: '域名验证文件',
  api: '企业微信接口',
  secret: '企业 ID 与 Secret',
  trustedIp: '企业可信 IP',
  app: 'AgentId',
  range: '应用可见范围',
  contact: '可调用接口的应用',
  tickets: 'JS-SDK 票据',
  oauth: '网页授权域名',
  callback: '回调地址',
  callbackKeys: '回调密钥',
  managers: '部门负责人',
}

export const webProbe: Probe = async (url) => {
  const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) })
  return { status: answer.status, text: (await answer.text()).slice(0, 2_000) }
}

/** Tries everything, independent parts side by side. Nothing is written anywhere. */
export async function diagnose(deps: Needs, probe: Probe = webProbe): Promise<Diagnosis> {
  const api = await callApi(deps)
  const verdicts: Record<CheckId, Verdict | Promise<Verdict>> = {
    database: database(deps),
    clock: clock(deps),
    queue: queue(deps),
    address: address(deps, probe),
    domainFile: domainFile(deps, probe),
    ...apiVerdicts(deps, api),
    app: afterApi(api, () => app(deps)),
    range: afterApi(api, () => range(deps)),
    contact: afterApi(api, () => contact(deps)),
    tickets: afterApi(api, () => tickets(deps)),
    oauth: oauth(deps),
    callback: callback(deps, probe),
    callbackKeys: callbackKeys(deps),
    managers: managers(deps),
  }
  const checks = await Promise.all(
    Object.entries(verdicts).map(async ([id, verdict]): Promise<Check> => {
      const settled = await Promise.resolve(verdict).catch((error: unknown) =>
        bad(`检查没做成：${wordsOf(error)}`, '请稍后再试；仍不行请把这份报告发给技术支持'),
      )
      return { id: id as CheckId, name: NAMES[id as CheckId], ...settled }
    }),
  )
  return { at: deps.now().toISOString(), mode: deps.config.mode, checks }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 200)

async function address({ config }: Needs, probe: Probe): Promise<Verdict> {
  if (config.mode === 'demo') return skipped('演示模式')
  if (!config.publicUrl.startsWith('https:'))
    return bad(
      `PUBLIC_URL 是 ${config.publicUrl}`,
      '企业微信只打开 https 的可信域名：请配好证书，把 PUBLIC_URL 改成 https://',
    )
  try {
    const { status, text } = await probe(`${config.publicUrl}/healthz`)
    if (status === 200 && text.includes('alive')) return ok(`${config.publicUrl} 能打开`)
    return bad(`${config.publicUrl} 答的不是旁白（${status}）`, '请检查反向代理是否把这个域名转到旁白的端口')
  } catch (error) {
    return bad(`${config.publicUrl} 打不开：${wordsOf(error)}`, '请检查域名解析、证书和反向代理')
  }
}

async function domainFile({ config }: Needs, probe: Probe): Promise<Verdict> {
  if (config.mode === 'demo') return skipped('演示模式')
  if (config.domainVerify === undefined)
    return warn(
      '没有设置 DOMAIN_VERIFY',
      '企业微信后台 → 应用 → 网页授权及 JS-SDK → 申请校验域名：把文件名 WW_verify_ 后面那串填进 DOMAIN_VERIFY',
    )
  const name = `WW_verify_${config.domainVerify}.txt`
  try {
    const { status, text } = await probe(`${config.publicUrl}/${name}`)
    if (status === 200 && text.trim() === config.domainVerify) return ok(`${name} 能下载`)
    return bad(`${name} 下载不到（${status}）`, '请检查反向代理是否放行根目录下的 txt 文件')
  } catch (error) {
    return bad(`${name} 下载不到：${wordsOf(error)}`, '请检查域名解析、证书和反向代理')
  }
}

interface Called {
  error: WecomError | undefined
}

/** One harmless call: what it is refused with tells most of what can be wrong. */
async function callApi({ wecom }: Needs): Promise<Called> {
  try {
    await wecom.listDepartments()
    return { error: undefined }
  } catch (error) {
    if (error instanceof WecomError) return { error }
    throw error
  }
}

const WRONG_SECRET = new Set([40001, 40013, 42001, 41004, 50003])
function apiVerdicts(_: Needs, { error }: Called): Pick<Record<CheckId, Verdict>, 'api' | 'secret' | 'trustedIp'> {
  if (!error) return { api: ok('有应答'), secret: ok('能取到凭证'), trustedIp: ok('本机 IP 可以调用') }
  const waits = skipped('企业微信接口没有应答，没查')
  if (error.errcode === -1000 || error.errcode === -1)
    return {
      api: bad(error.message, '请检查服务器能否访问 qyapi.weixin.qq.com（WECOM_API_BASE）和出口防火墙'),
      secret: waits,
      trustedIp: waits,
    }
  const api = ok('有应答')
  if (WRONG_SECRET.has(error.errcode))
    return {
      api,
      secret: bad(error.message, '企业微信后台 → 我的企业 → 企业 ID；应用管理 → 自建应用 → Secret'),
      trustedIp: skipped('没有凭证，没查'),
    }
  if (error.errcode === 60020)
    return {
      api,
      secret: ok('能取到凭证'),
      trustedIp: bad(error.message, '企业微信后台 → 应用管理 → 自建应用 → 企业可信 IP：加入上面的 IP，约一分钟后生效'),
    }
  return { api: warn(error.message, '请按错误码处理'), secret: ok('能取到凭证'), trustedIp: ok('本机 IP 可以调用') }
}

const afterApi = (called: Called, work: () => Promise<Verdict>): Verdict | Promise<Verdict> =>
  called.error ? skipped('前面的问题解决后再查') : work()

/** A card to nobody is refused with 301002 where the AgentId is another app's, before anything is sent. */
async function app({ wecom, config }: Needs): Promise<Verdict> {
  if (config.mode === 'demo') return skipped('演示模式')
  const code = await refusal(() => wecom.checkAgent())
  if (code === undefined) return ok('AgentId 与 Secret 属于同一个应用')
  return bad(code.message, '企业微信后台 → 应用管理 → 自建应用：AgentId 和 Secret 要抄自同一个应用')
}

async function range({ wecom, sql }: Needs): Promise<Verdict> {
  const members = await run<{ userId: string }>(
    sql,
    `select user_id as "userId" from members where status = 1 order by user_id limit 5`,
    [],
  )
  for (const { userId } of members)
    if ((await wecom.readMember(userId)) === undefined)
      return bad(
        `成员 ${userId} 不在应用的可见范围里`,
        '企业微信后台 → 应用管理 → 自建应用 → 可见范围：加入所有要用旁白的部门',
      )
  return members.length === 0
    ? warn('还没有成员登录过', '请让一位导购在侧边栏里打开一次')
    : ok('抽查的成员都在可见范围里')
}

async function contact({ wecom }: Needs): Promise<Verdict> {
  const where = '企业微信后台 → 客户联系 → 客户 → API → 可调用接口的应用：勾选这个应用'
  try {
    const users = await wecom.listFollowUsers()
    if (users.length === 0)
      return bad(
        '可见范围里没有人有「客户联系」权限',
        '企业微信后台 → 客户联系 → 权限配置 → 使用范围：加入导购所在的部门',
      )
    return ok(`${users.length} 位成员有「客户联系」`)
  } catch (error) {
    if (error instanceof WecomError) return bad(error.message, error.errcode === 48002 ? where : '请按错误码处理')
    throw error
  }
}

async function tickets(deps: Needs): Promise<Verdict> {
  const code = await refusal(() => ticketsOf(deps))
  return code === undefined
    ? ok('企业和应用的票据都取到了；可信域名要在侧边栏里打开才能验证')
    : bad(code.message, '企业微信后台 → 应用管理 → 自建应用 → 网页授权及 JS-SDK：设置可信域名')
}

async function refusal(work: () => Promise<unknown>): Promise<WecomError | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    if (error instanceof WecomError) return error
    throw error
  }
}

/** Sends ourselves what WeCom's console sends when the address is saved. */
async function callback({ config, now }: Needs, probe: Probe): Promise<Verdict> {
  const { callbackToken, callbackAesKey, corpId } = config.wecom
  const plain = randomBytes(8).toString('hex')
  const echostr = seal(callbackAesKey, corpId, plain)
  const timestamp = String(Math.floor(now().getTime() / 1000))
  const query = new URLSearchParams({
    msg_signature: signatureOf(callbackToken, timestamp, '1', echostr),
    timestamp,
    nonce: '1',
    echostr,
  })
  const where = '请检查反向代理是否把 /wecom/callback 连同参数原样转过来'
  try {
    const { status, text } = await probe(`${config.publicUrl}/wecom/callback?${query}`)
    if (status === 200 && text === plain) return ok('自己发的一次能收到、能解开')
    return bad(`自己发的一次没有通过（${status}）`, where)
  } catch (error) {
    return bad(`回调地址打不开：${wordsOf(error)}`, where)
  }
}
