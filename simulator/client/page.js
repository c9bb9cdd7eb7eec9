import { disguise } from './devices.js'

/** The framed page's life: loaded, opened full screen on a phone, left with the back button, kept on a switch. */
export function createPage({ options, relay, layout }) {
  function load() {
    const dress = disguise(options.device, options)
    // A client names itself in the request header as well, which only the gateway can do for it.
    document.cookie = `wwsim_device=${options.device}; path=/; samesite=lax`
    relay.load(options.h5, dress && { ...dress, bridge: options.bridge, bridgeDelay: options.bridgeDelay })
  }

  function open() {
    layout.screen = 'page'
    load()
  }

  /** Leaves a phone's full-screen page; the page is gone, as in a real client. A desktop panel stays. */
  function close() {
    if (!layout.phone()) return
    relay.unload()
    layout.screen = 'chat'
  }

  /** The page may refuse to be left: its historyBack listener answers false. */
  async function back() {
    const { ret } = await relay.emit('historyBack')
    if (ret !== false) close()
  }

  /** A page that is kept notices a switch only as real ones do: it loses the focus and gets it again. */
  function nudge() {
    const before = document.activeElement
    before?.blur()
    relay.frame.contentWindow.focus()
    setTimeout(() => before?.focus(), 0)
  }

  const shown = () => !layout.phone() || layout.screen === 'page'

  /** After a change the page cannot learn otherwise: load it anew where it is on screen, drop it where it is not. */
  const renew = () => (shown() ? load() : relay.unload())

  return { load, open, close, back, nudge, shown, renew }
}
