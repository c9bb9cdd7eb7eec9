import { el } from './dom.js'

const KEPT = 200
const PREVIEW = 400

const clock = (at) => {
  const date = new Date(typeof at === 'number' && at < 1e12 ? at * 1000 : at)
  return Number.isNaN(date.getTime()) ? String(at) : date.toLocaleTimeString('zh-CN', { hour12: false })
}

const asText = (value) => {
  if (value === undefined || value === null) return ''
  return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, PREVIEW)
}

/** A table of the newest records first. `columns`: [heading, record → text]; `failed(record)` marks a row. */
export function drawTable(table, records, columns, failed) {
  const head = el(
    'tr',
    {},
    columns.map(([heading]) => el('th', { scope: 'col', textContent: heading })),
  )
  const rows = records
    .slice(-KEPT)
    .reverse()
    .map((record) =>
      el(
        'tr',
        { class: failed(record) ? 'failed' : undefined },
        columns.map(([, value]) => el('td', { textContent: asText(value(record)) })),
      ),
    )
  const none = el('tr', {}, el('td', { class: 'none', colSpan: columns.length, textContent: '还没有记录' }))
  table.replaceChildren(el('thead', {}, head), el('tbody', {}, rows.length ? rows : none))
}

export const CALL_COLUMNS = [
  ['时间', ({ at }) => clock(at)],
  ['方法', ({ method }) => method],
  ['路径', ({ path }) => path],
  ['错误码', ({ errcode }) => errcode ?? '—'],
  [
    '参数',
    ({ query, body }) =>
      [query, body]
        .map(asText)
        .filter((text) => text && text !== '{}')
        .join(' '),
  ],
]

export const DELIVERY_COLUMNS = [
  ['时间', ({ at }) => clock(at)],
  ['事件', ({ event }) => event],
  ['结果', ({ outcome }) => OUTCOMES[outcome] ?? outcome],
  ['HTTP', ({ status }) => status ?? '—'],
  ['次数', ({ attempts }) => attempts],
  ['明文', ({ xml }) => xml],
]
const OUTCOMES = { delivered: '已送达', dropped: '没有送', failed: '没送到' }

/** Everything that is out of order now, one line each, from GET /faults. */
export const troubles = ({ faults, trustedIp, unavailable, customerApi, perMinute, callbacks }) => [
  ...faults.map(faultLine),
  ...(trustedIp ? [] : ['本机不是可信 IP，返回 60020']),
  ...(unavailable ? ['企业微信不可用'] : []),
  ...(customerApi ? [] : ['没有客户联系接口权限，返回 48002']),
  ...Object.entries(perMinute).map(([path, limit]) => `${path}：每分钟 ${limit} 次`),
  ...(callbacks.drop > 0 ? [`回调丢失 ${Math.round(callbacks.drop * 100)}%`] : []),
  ...(callbacks.duplicate > 0 ? [`回调重复 ${Math.round(callbacks.duplicate * 100)}%`] : []),
  ...(callbacks.shuffle ? ['回调打乱先后'] : []),
  ...(callbacks.delayMs > 0 ? [`回调延迟 ${callbacks.delayMs} 毫秒`] : []),
]

function faultLine({ path, errcode, status, latencyMs, reset, malformed, times }) {
  const what = [
    errcode !== undefined && `错误码 ${errcode}`,
    status !== undefined && `HTTP ${status}`,
    latencyMs !== undefined && `慢 ${latencyMs} 毫秒`,
    reset && '断开连接',
    malformed && '坏内容',
  ].filter(Boolean)
  return `${path === '*' ? '全部接口' : path}：${what.join('，')}${times === undefined ? '' : `，还剩 ${times} 次`}`
}
