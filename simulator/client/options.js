import { DEVICES } from './devices.js'

export const ENTRIES = [
  ['single_chat_tools', '单聊工具栏'],
  ['group_chat_tools', '客户群工具栏'],
  ['contact_profile', '客户详情页'],
  ['chat_attachment', '聊天附件栏'],
  ['single_kf_tools', '微信客服工具栏'],
  ['normal', '工作台或消息链接'],
]
export const SEND_MODES = [
  ['direct', '直接进入聊天'],
  ['composer', '文字先进输入框'],
  ['confirm', '先弹窗确认'],
]
export const BRIDGES = [
  ['early', '页面之前就绪'],
  ['late', '延迟就绪，有通知'],
  ['silent', '延迟就绪，没有通知'],
  ['never', '始终没有'],
]
export const SCHEMES = [
  ['light', '浅色'],
  ['dark', '深色'],
]
export const LANGUAGES = [
  ['zh', '中文'],
  ['en', 'English'],
]
export const SIDE_WIDTH = { min: 280, max: 720, usual: 360 }

const CHOICES = {
  device: DEVICES,
  entry: ENTRIES,
  sendMode: SEND_MODES,
  bridge: BRIDGES,
  scheme: SCHEMES,
  lang: LANGUAGES,
}

/** A page narrower than this is a real phone: the client fills it. */
export const NARROW = '(max-width: 599px)'

export const clampWidth = (px) => Math.round(Math.min(SIDE_WIDTH.max, Math.max(SIDE_WIDTH.min, px)))

function usual() {
  return {
    device: matchMedia(NARROW).matches ? 'android' : 'windows',
    entry: 'single_chat_tools',
    sendMode: 'direct',
    bridge: 'early',
    bridgeDelay: 800,
    latency: 0,
    scheme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
    lang: 'zh',
    sb: SIDE_WIDTH.usual,
    reload: 1,
    open: 0,
    h5: '/sidebar',
    member: '',
    customer: '',
  }
}

/**
 * The state a link asks for, e.g. `?device=ios&customer=wmA&open=1&fault=getContext:hang`. Unknown values fall back to
 * the usual ones. `faults` maps an API to its raw reply or to 'hang'.
 */
export function readOptions(search = location.search) {
  const query = new URLSearchParams(search)
  const options = usual()
  for (const key of Object.keys(options)) {
    const asked = query.get(key)
    if (asked === null) continue
    if (typeof options[key] === 'number') options[key] = Number.isFinite(Number(asked)) ? Number(asked) : options[key]
    else if (!CHOICES[key] || CHOICES[key].some(([value]) => value === asked)) options[key] = asked
  }
  options.sb = clampWidth(options.sb)
  options.h5 = pageAddress(options.h5)
  options.faults = Object.fromEntries(query.getAll('fault').map(readFault))
  return options
}

/** Only web pages go into the frame; anything else is the product's own page. */
export function pageAddress(asked) {
  const page = URL.parse(asked, location.href)
  return page && /^https?:$/.test(page.protocol) ? asked : '/sidebar'
}

/** Keeps the address in step with the state, so that a reload or a shared link shows the same thing. */
export function writeOptions(options) {
  const query = new URLSearchParams()
  const plain = usual()
  for (const key of Object.keys(plain)) {
    if (String(options[key]) !== String(plain[key])) query.set(key, options[key])
  }
  for (const [api, reply] of Object.entries(options.faults)) {
    query.append('fault', `${api}:${reply === 'hang' ? 'hang' : JSON.stringify(reply)}`)
  }
  const search = query.toString()
  history.replaceState(null, '', search ? `?${search}` : location.pathname)
}

/** `api:hang`, `api:{"err_msg":…}` or `api:raw err_msg` → [api, 'hang' | raw reply]. */
export function readFault(text) {
  const colon = text.indexOf(':')
  const api = colon < 0 ? text : text.slice(0, colon)
  const reply = colon < 0 ? 'hang' : text.slice(colon + 1)
  if (reply === 'hang') return [api, 'hang']
  try {
    return [api, JSON.parse(reply)]
  } catch {
    // Not JSON: the text itself is the client's err_msg.
    return [api, { err_msg: reply }]
  }
}
