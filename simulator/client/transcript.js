import { bubble } from './bubbles.js'
import { avatar, byId, el } from './dom.js'
import { messageTime } from './time.js'

const PAUSE_SECONDS = 300
/** Closer to the end than this counts as reading the newest message. */
const NEAR_END_PX = 80

/** The message list of one conversation: `show(chat, messages)` draws it, `add(message)` appends one. */
export function createTranscript({ me, preview }) {
  const log = byId('log')
  let chat = null
  let lastAt = 0

  function line(message) {
    const mine = message.from === 'member'
    const speaker = mine ? me() : chat
    const side = message.from === 'system' ? 'system' : mine ? 'mine' : 'theirs'
    if (side === 'system') return el('li', { class: side, textContent: message.body.text?.content ?? '' })
    return el(
      'li',
      { class: side, 'data-id': message.id, 'data-msgtype': message.body.msgtype },
      el('span', { class: 'vh', textContent: `${speaker.title ?? speaker.name}：` }),
      avatar(speaker.title ?? speaker.name, speaker.avatar),
      bubble(message.body, { preview }),
    )
  }

  function append(message) {
    if (message.at - lastAt > PAUSE_SECONDS) {
      log.append(el('li', { class: 'time', textContent: messageTime(message.at) }))
    }
    lastAt = message.at
    log.append(line(message))
  }

  const toEnd = () => (log.scrollTop = log.scrollHeight)

  function show(next, messages) {
    chat = next
    lastAt = 0
    log.replaceChildren()
    messages.forEach(append)
    toEnd()
  }

  /** Adds one message; one that the refresh has drawn already is left as it is. */
  function add(message) {
    if ([...log.children].some((item) => item.dataset.id === message.id)) return
    const reading = log.scrollHeight - log.scrollTop - log.clientHeight > NEAR_END_PX
    append(message)
    if (!reading || message.from === 'member') toEnd()
  }

  log.addEventListener('load', (event) => event.target.tagName === 'IMG' && toEnd(), true)
  return { show, add }
}
