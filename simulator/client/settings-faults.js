import { el, options } from './dom.js'

const APIS = [
  'agentConfig',
  'preVerifyJSAPI',
  'getContext',
  'getCurExternalContact',
  'getCurExternalChat',
  'sendChatMessage',
  'openUserProfile',
  'setClipboardData',
]
const HELP = 'more info at https://open.work.weixin.qq.com/devtool/query'

/** Replies met on real clients, each by a name a person understands. */
const REPLIES = {
  hang: ['不应答', () => 'hang'],
  cancel: ['用户取消', (api) => ({ err_msg: `${api}:cancel` })],
  permission: ['没有权限', (api) => ({ err_msg: `${api}:fail_no permission` })],
  context: ['没有客户会话', (api) => ({ err_msg: `${api}:fail_without context of external contact` })],
  signature: ['签名无效 40093', (api) => ({ err_msg: `${api}:fail_invalid signature ${HELP}?e=40093` })],
  ticket: ['票据不可用 42012', (api) => ({ err_msg: `${api}:fail_ticket no available ${HELP}?e=42012` })],
  domain: ['不在可信域名 80001', () => ({ err_msg: `not match any reliable domain. ${HELP}?e=80001` })],
  member: ['成员不在可见范围', (api) => ({ err_msg: `${api}:fail_user not in allow list` })],
  missing: ['客户端不支持', () => ({ err_msg: 'system:function_not_exist' })],
  empty: ['空应答', () => ({})],
}
const RAW = 'raw'

/** The part of the settings that makes one bridge API misbehave. `faults` is the live map; `changed()` follows a change. */
export function faultEditor(faults, changed) {
  const choices = [...Object.entries(REPLIES).map(([value, [label]]) => [value, label]), [RAW, '自定原始应答']]
  const api = el('select', { id: 'fault-api' }, options(APIS.map((name) => [name, name])))
  const reply = el(
    'select',
    { id: 'fault-reply', onchange: () => (rawField.hidden = reply.value !== RAW) },
    options(choices),
  )
  const raw = el('input', { id: 'fault-raw', placeholder: '{"err_msg":"…"}', spellcheck: false })
  const rawField = el(
    'label',
    { class: 'field', for: 'fault-raw', hidden: true },
    el('span', { textContent: '原始应答（JSON）' }),
    raw,
  )
  const active = el('ul', { class: 'faults' })
  const problem = el('p', { class: 'problem', role: 'alert' })

  function read() {
    if (reply.value !== RAW) return REPLIES[reply.value][1](api.value)
    return JSON.parse(raw.value)
  }

  function add() {
    try {
      faults[api.value] = read()
    } catch (error) {
      problem.textContent = `这不是 JSON：${error.message}`
      return
    }
    problem.textContent = ''
    changed()
    draw()
  }

  function remove(name) {
    delete faults[name]
    changed()
    draw()
  }

  function draw() {
    const lines = Object.entries(faults).map(([name, value]) =>
      el(
        'li',
        {},
        el('code', { textContent: `${name} → ${typeof value === 'string' ? '不应答' : JSON.stringify(value)}` }),
        el('button', {
          type: 'button',
          class: 'plain',
          textContent: '移除',
          'aria-label': `移除 ${name} 的故障`,
          onclick: () => remove(name),
        }),
      ),
    )
    active.replaceChildren(...(lines.length ? lines : [el('li', { class: 'none', textContent: '接口都照常应答' })]))
  }
  draw()

  return el(
    'section',
    { 'aria-label': '接口故障' },
    el('h3', { textContent: '接口故障' }),
    el('label', { class: 'field', for: 'fault-api' }, el('span', { textContent: '接口' }), api),
    el('label', { class: 'field', for: 'fault-reply' }, el('span', { textContent: '应答' }), reply),
    rawField,
    problem,
    el('button', { type: 'button', class: 'main wide', id: 'fault-add', textContent: '加上这个故障', onclick: add }),
    active,
  )
}
