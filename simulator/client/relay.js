import { el } from './dom.js'

const EVENT_ANSWER_MS = 500

/**
 * The host's half of the `wwsim` v1 relay: one frame, one document at a time. Messages are JSON strings, checked for
 * source, origin and document (`sid`), so that answers meant for a page that is gone reach nobody.
 * `answer({name, params, url, sid})` gives the raw reply, or undefined to stay silent.
 */
export function createRelay({ slot, calls, onHello, answer }) {
  let frame = null
  let target = null
  let sid = ''
  let lastEvent = 0
  const heard = new Set()
  const waiting = new Map()

  const post = (to, message) =>
    frame?.contentWindow?.postMessage(JSON.stringify({ ns: 'wwsim', v: 1, sid: to, ...message }), target.origin)

  /** Shows `url`; a frame whose config changed is made anew, because the page reads its name before anything else. */
  function load(url, config) {
    target = new URL(url, location.href)
    const name = config ? JSON.stringify({ ns: 'wwsim', hostOrigin: location.origin, ...config }) : ''
    if (frame && frame.name === name) {
      frame.contentWindow.location.replace(target.href)
      return
    }
    unload()
    frame = el('iframe', { name, title: '侧边栏', allow: 'clipboard-write' })
    frame.src = target.href
    slot.append(frame)
  }

  function unload() {
    frame?.remove()
    frame = null
    sid = ''
    heard.clear()
  }

  /** Raises an event in the page; resolves with what its listener returned, `{none}` or `{timeout}`. */
  function emit(name, data = {}, timeout = EVENT_ANSWER_MS) {
    if (!heard.has(name)) return Promise.resolve({ none: true })
    return new Promise((resolve) => {
      const eid = ++lastEvent
      waiting.set(eid, resolve)
      post(sid, { t: 'event', eid, name, data })
      setTimeout(() => waiting.delete(eid) && resolve({ timeout: true }), timeout)
    })
  }

  async function invoked(message) {
    calls.push({ t: 'invoke', name: message.name, params: message.params, url: message.url })
    const res = await answer(message)
    if (res !== undefined) post(message.sid, { t: 'result', id: message.id, res })
  }

  function receive(event) {
    if (!frame || event.source !== frame.contentWindow || event.origin !== target.origin) return
    const message = parse(event.data)
    if (message?.ns !== 'wwsim' || message.v !== 1) return
    if (message.t === 'hello') {
      sid = message.sid
      heard.clear()
      calls.push({ t: 'hello', url: message.url, ua: message.ua })
      onHello(message)
    }
    if (message.sid !== sid) return
    if (message.t === 'on') {
      heard.add(message.name)
      calls.push({ t: 'on', name: message.name })
    } else if (message.t === 'eventResult') {
      waiting.get(message.eid)?.({ ret: message.ret, err: message.err })
      waiting.delete(message.eid)
    } else if (message.t === 'invoke') void invoked(message)
  }
  addEventListener('message', receive)

  return {
    load,
    unload,
    emit,
    get frame() {
      return frame
    },
    get sid() {
      return sid
    },
  }
}

function parse(data) {
  if (typeof data !== 'string') return null
  try {
    return JSON.parse(data)
  } catch {
    // Other scripts may post what they like; only our own JSON concerns the relay.
    return null
  }
}
