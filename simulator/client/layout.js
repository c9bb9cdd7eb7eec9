import { isPhone } from './devices.js'
import { byId, icon } from './dom.js'
import { NARROW } from './options.js'

const ICONS = {
  'rail-chats': 'chat',
  'rail-control': 'wrench',
  'rail-settings': 'sliders',
  'to-list': 'back',
  'page-back': 'back',
  'page-reload': 'reload',
  'toggle-side': 'panel',
  'open-page': 'apps',
}

/** Desktop or phone, which phone screen ('list' | 'chat' | 'page'), light or dark; `changed()` follows a resize. */
export function createLayout(options, changed) {
  const { body, documentElement: root } = document
  const narrow = matchMedia(NARROW)
  for (const [id, name] of Object.entries(ICONS)) byId(id).prepend(icon(name))

  const phone = () => narrow.matches || isPhone(options.device)

  function apply() {
    body.dataset.layout = phone() ? 'phone' : 'desktop'
    root.dataset.theme = options.scheme
  }
  narrow.addEventListener('change', () => {
    apply()
    changed()
  })

  const toggle = byId('toggle-side')
  toggle.addEventListener('click', () => {
    const hidden = body.classList.toggle('no-side')
    toggle.setAttribute('aria-expanded', String(!hidden))
  })
  apply()

  return {
    apply,
    phone,
    get screen() {
      return body.dataset.screen
    },
    set screen(name) {
      body.dataset.screen = name
    },
  }
}
