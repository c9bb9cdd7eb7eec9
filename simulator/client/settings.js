import { DEVICES } from './devices.js'
import { openDialog } from './dialogs.js'
import { el, options as choices } from './dom.js'
import { BRIDGES, ENTRIES, LANGUAGES, pageAddress, SCHEMES, SEND_MODES, SIDE_WIDTH } from './options.js'
import { faultEditor } from './settings-faults.js'

const field = (id, label, control) =>
  el('label', { class: 'field', for: id }, el('span', { textContent: label }), control)

/** The settings dialog. `change(patch)` applies at once; `faultsChanged()` follows an edit of `options.faults`. */
export function openSettings({ options, change, faultsChanged, reloadPage }) {
  const pick = (key, label, list) =>
    field(
      `set-${key}`,
      label,
      el(
        'select',
        { id: `set-${key}`, onchange: (event) => change({ [key]: event.target.value }) },
        choices(list, options[key]),
      ),
    )

  const number = (key, label, max, min = 0) =>
    field(
      `set-${key}`,
      label,
      el('input', {
        id: `set-${key}`,
        type: 'number',
        min,
        max,
        step: 10,
        value: options[key],
        onchange: (event) => {
          const value = Math.min(max, Math.max(min, Math.round(Number(event.target.value) || 0)))
          event.target.value = String(value)
          change({ [key]: value })
        },
      }),
    )

  const page = field(
    'set-h5',
    '页面地址',
    el('input', {
      id: 'set-h5',
      value: options.h5,
      spellcheck: false,
      onchange: (event) => {
        event.target.value = pageAddress(event.target.value)
        change({ h5: event.target.value })
      },
    }),
  )
  const reload = el(
    'label',
    { class: 'switch' },
    el('input', {
      id: 'set-reload',
      type: 'checkbox',
      checked: options.reload === 1,
      onchange: (event) => change({ reload: event.target.checked ? 1 : 0 }),
    }),
    el('span', { textContent: '切换会话时重新加载页面' }),
  )

  openDialog(
    { title: '模拟设置', className: 'settings' },
    el(
      'div',
      { class: 'scroll' },
      el('section', {}, [
        el('h3', { textContent: '设备与外观' }),
        pick('device', '设备', DEVICES),
        pick('scheme', '外观', SCHEMES),
        pick('lang', '语言', LANGUAGES),
        number('sb', '侧边栏宽度（px）', SIDE_WIDTH.max, SIDE_WIDTH.min),
      ]),
      el('section', {}, [
        el('h3', { textContent: '会话与页面' }),
        pick('entry', '入口', ENTRIES),
        pick('sendMode', '发送方式', SEND_MODES),
        page,
        reload,
      ]),
      el('section', {}, [
        el('h3', { textContent: '桥' }),
        pick('bridge', '就绪时机', BRIDGES),
        number('bridgeDelay', '延迟就绪（毫秒）', 60_000),
        number('latency', '每次应答延迟（毫秒）', 60_000),
      ]),
      faultEditor(options.faults, faultsChanged),
    ),
    el(
      'footer',
      {},
      el('button', { type: 'button', class: 'plain', textContent: '重新加载页面', onclick: reloadPage }),
      el('small', { textContent: '当前状态已写进地址栏，可以直接分享链接' }),
    ),
  )
}
