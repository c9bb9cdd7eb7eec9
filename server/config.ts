import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { z } from 'zod'

/** Everything that is set from outside, parsed once. Each name is explained in .env.example, which a test keeps in step. */
export interface Config {
  port: number
  /** The origin browsers see, without a trailing slash. */
  publicUrl: string
  /** A postgres:// URL; undefined means the embedded one under dataDir. */
  database: string | undefined
  /** Where migrations run, as the schema's owner; undefined: at `database`, whose user is then the owner and steps down for all else. */
  databaseOwner: string | undefined
  dataDir: string
  /** Where the embedded database keeps its archive; undefined: none. */
  backupDir: string | undefined
  sessionSecret: string
  wecom: WecomConfig
  production: boolean
  logLevel: string
  /** When no reminders go out, minutes after midnight in China; undefined: never quiet. */
  quietHours: { from: number; until: number } | undefined
  /** How many customers a member may open in ten minutes. */
  openingsLimit: number
  /** Where /metrics is served, to this machine alone; undefined: nowhere. */
  metricsPort: number | undefined
  /** What stands in `/WW_verify_<this>.txt`, and in its name. */
  domainVerify: string | undefined
  /** Opens `/setup` in the demo, for whoever reads the terminal; undefined in a real set-up. */
  setupCode: string | undefined
  /** The language model that words drafts; undefined: none was given. */
  assistant: { baseUrl: string; apiKey: string; model: string } | undefined
  /** How many drafts a member may ask for on one day of China. */
  dailyDrafts: number
  /** demo: no WeCom was given, so the pretend one is started and its own settings take the place of `wecom`. */
  mode: 'demo' | 'real'
}

/** `authorizeUrl` is for WeCom's own browser, `webLoginUrl` for any other. The credentials are empty in the demo. */
export interface WecomConfig {
  apiBase: string
  authorizeUrl: string
  webLoginUrl: string
  corpId: string
  agentId: number
  secret: string
  callbackToken: string
  callbackAesKey: string
}

export interface ConfigProblem {
  setting: string
  code: 'invalid' | 'missing' | 'unsafe'
  message: string
}

/** All that is wrong with the settings, at once. Never holds a value, since a value may be a secret. */
export class ConfigError extends Error {
  readonly problems: ConfigProblem[]
  constructor(problems: ConfigProblem[]) {
    const lines = problems.map(({ setting, code, message }) => `  ${setting}: ${message} (${code})`)
    super(`有 ${problems.length} 项设置不对，说明见 .env.example。 Settings to correct:\n${lines.join('\n')}`)
    this.name = 'ConfigError'
    this.problems = problems
  }
}

const DEMO_SECRET = 'pangbai-demo-session-secret-never-in-production'
const WECOM_API = 'https://qyapi.weixin.qq.com'
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

const text = (pattern: RegExp, message: string) => z.string().regex(pattern, message).optional()
const url = (protocol: RegExp, message: string) => z.string().refine((value) => matches(value, protocol), message)
const base = url(/^https?:$/, '要写成 http(s):// 开头的地址').transform((value) => value.replace(/\/+$/, ''))

/** Shapes only; what depends on several settings is checked below. The keys are the whole list of settings. */
export const settings = z.object({
  PORT: z
    .string()
    .regex(/^\d+$/, '要是 0–65535 的整数')
    .transform(Number)
    .pipe(z.number().max(65_535, '要是 0–65535 的整数'))
    .default(5180),
  PUBLIC_URL: z.string().refine(isOrigin, '要是一个网址的开头，如 https://pangbai.example.com，不带路径').optional(),
  DATABASE_URL: url(/^postgres(ql)?:$/, '要写成 postgres:// 开头的地址').optional(),
  DATABASE_OWNER_URL: url(/^postgres(ql)?:$/, '要写成 postgres:// 开头的地址').optional(),
  DATA_DIR: z.string().default('.data'),
  BACKUP_DIR: z.string().optional(),
  SESSION_SECRET: z.string().optional(),
  WECOM_API_BASE: base.optional(),
  WECOM_OAUTH_BASE: base.optional(),
  WECOM_CORP_ID: text(/^[\w-]{4,64}$/, '不像企业 ID（字母和数字）'),
  WECOM_AGENT_ID: text(/^[1-9]\d{0,9}$/, '要是应用的 AgentId（整数）'),
  WECOM_SECRET: text(/^\S{8,}$/, '不像应用的 Secret'),
  WECOM_CALLBACK_TOKEN: text(/^[A-Za-z0-9]{1,32}$/, '要是 1–32 个字母或数字'),
  WECOM_CALLBACK_AES_KEY: text(/^[A-Za-z0-9]{43}$/, '要是 43 个字母或数字'),
  NODE_ENV: z.string().default('development'),
  METRICS_PORT: z
    .string()
    .regex(/^\d+$/, '要是 1–65535 的整数')
    .transform(Number)
    .pipe(z.number().min(1, '要是 1–65535 的整数').max(65_535, '要是 1–65535 的整数'))
    .optional(),
  DOMAIN_VERIFY: text(/^[A-Za-z0-9]{4,64}$/, '要是文件名 WW_verify_ 和 .txt 之间的那串'),
  OPENINGS_LIMIT: z
    .string()
    .regex(/^[1-9]\d{0,6}$/, '要是正整数')
    .transform(Number)
    .default(300),
  QUIET_HOURS: z
    .string()
    .regex(/^(none|([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)$/, '要写成 21:00-09:00，或 none')
    .default('21:00-09:00'),
  ASSISTANT_BASE_URL: base.optional(),
  ASSISTANT_API_KEY: text(/^\S{1,512}$/, '不像 API Key（不能有空格）'),
  ASSISTANT_MODEL: text(/^\S{1,128}$/, '要是模型的名字（不能有空格）'),
  ASSISTANT_DAILY_DRAFTS: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, '要是正整数')
    .transform(Number)
    .default(100),
  LOG_LEVEL: z.enum(LOG_LEVELS, `要是 ${LOG_LEVELS.join('、')} 之一`).default('info'),
})

type Settings = z.infer<typeof settings>

/** Reads the settings from an environment; an empty value counts as absent. Throws ConfigError. */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = settings.safeParse(given)
  const problems: ConfigProblem[] = (parsed.error?.issues ?? []).map((issue) => ({
    setting: String(issue.path[0]),
    code: 'invalid',
    message: issue.message,
  }))
  const mode = given['NODE_ENV'] !== 'production' && !namesWecom(given) ? 'demo' : 'real'
  if (mode === 'real') problems.push(...missingForReal(given))
  problems.push(...missingForAssistant(given))
  if (given['NODE_ENV'] === 'production') problems.push(...unsafeForProduction(given))
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems)
  return assemble(parsed.data, mode)
}

type Given = Record<string, string | undefined>

const namesWecom = (given: Given) =>
  Object.keys(given).some((name) => name.startsWith('WECOM_') && name in settings.shape)

/** WeCom is given whole or not at all; real customers need a secret that is not in our source. */
function missingForReal(given: Given): ConfigProblem[] {
  const optional = ['WECOM_API_BASE', 'WECOM_OAUTH_BASE']
  const wecom = Object.keys(settings.shape).filter((name) => name.startsWith('WECOM_') && !optional.includes(name))
  return [...wecom, 'SESSION_SECRET', 'PUBLIC_URL']
    .filter((name) => given[name] === undefined)
    .map((setting) => ({ setting, code: 'missing', message: '连接真正的企业微信时必须设置' }))
}

/** A model is given whole or not at all. */
function missingForAssistant(given: Given): ConfigProblem[] {
  const names = ['ASSISTANT_BASE_URL', 'ASSISTANT_API_KEY', 'ASSISTANT_MODEL']
  const missing = names.filter((name) => given[name] === undefined)
  if (missing.length === names.length) return []
  return missing.map((setting) => ({ setting, code: 'missing', message: '接语言模型时三项都要填' }))
}

function unsafeForProduction(given: Given): ConfigProblem[] {
  const problems: ConfigProblem[] = []
  const secret = given['SESSION_SECRET']
  if (secret !== undefined && (secret.length < 32 || secret === DEMO_SECRET || secret.startsWith('change-me'))) {
    problems.push({
      setting: 'SESSION_SECRET',
      code: 'unsafe',
      message: '正式环境要用至少 32 个字符、自己生成的随机串',
    })
  }
  if (given['PUBLIC_URL']?.startsWith('http:')) {
    problems.push({ setting: 'PUBLIC_URL', code: 'unsafe', message: '正式环境必须用 https' })
  }
  return problems
}

function assemble(read: Settings, mode: Config['mode']): Config {
  const oauth = read.WECOM_OAUTH_BASE
  return {
    port: read.PORT,
    publicUrl: read.PUBLIC_URL ? new URL(read.PUBLIC_URL).origin : `http://localhost:${read.PORT}`,
    database: read.DATABASE_URL,
    databaseOwner: read.DATABASE_OWNER_URL,
    dataDir: resolve(read.DATA_DIR),
    backupDir: read.BACKUP_DIR && resolve(read.BACKUP_DIR),
    sessionSecret: read.SESSION_SECRET ?? DEMO_SECRET,
    wecom: {
      apiBase: read.WECOM_API_BASE ?? WECOM_API,
      authorizeUrl: `${oauth ?? 'https://open.weixin.qq.com'}/connect/oauth2/authorize`,
      webLoginUrl: `${oauth ?? 'https://login.work.weixin.qq.com'}/wwlogin/sso/login`,
      corpId: read.WECOM_CORP_ID ?? '',
      agentId: Number(read.WECOM_AGENT_ID ?? 0),
      secret: read.WECOM_SECRET ?? '',
      callbackToken: read.WECOM_CALLBACK_TOKEN ?? '',
      callbackAesKey: read.WECOM_CALLBACK_AES_KEY ?? '',
    },
    production: read.NODE_ENV === 'production',
    domainVerify: read.DOMAIN_VERIFY,
    setupCode: mode === 'demo' ? randomBytes(12).toString('base64url') : undefined,
    openingsLimit: read.OPENINGS_LIMIT,
    quietHours: quietOf(read.QUIET_HOURS),
    logLevel: read.LOG_LEVEL,
    metricsPort: read.METRICS_PORT,
    assistant: assistantOf(read),
    dailyDrafts: read.ASSISTANT_DAILY_DRAFTS,
    mode,
  }
}

function assistantOf({ ASSISTANT_BASE_URL, ASSISTANT_API_KEY, ASSISTANT_MODEL }: Settings): Config['assistant'] {
  if (!ASSISTANT_BASE_URL || !ASSISTANT_API_KEY || !ASSISTANT_MODEL) return undefined
  return { baseUrl: ASSISTANT_BASE_URL, apiKey: ASSISTANT_API_KEY, model: ASSISTANT_MODEL }
}

/** `21:00-09:00` as minutes after midnight. */
function quietOf(text: string): Config['quietHours'] {
  if (text === 'none') return undefined
  const [from = 0, until = 0] = text.split('-').map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)))
  return { from, until }
}

function matches(value: string, protocol: RegExp): boolean {
  return URL.canParse(value) && protocol.test(new URL(value).protocol)
}

function isOrigin(value: string): boolean {
  if (!matches(value, /^https?:$/)) return false
  const { pathname, search, hash, username, password } = new URL(value)
  return pathname === '/' && search + hash + username + password === ''
}
