const START = '/sidebar'
/** Anything but printable ASCII, and backslashes, plain or encoded: no browser sends them here, and headers or parsers may stumble. */
const SUSPECT = /[^\x21-\x7e]|\\|%[01][0-9a-f]|%7f|%5c/i
const NOT_PAGES = /^\/(auth|api|media|assets)(\/|$)/

/** Where to go after signing in: a path of our own origin, or undefined. Nothing given means the sidebar. */
export function safeReturnPath(given: string | undefined, publicUrl: string): string | undefined {
  if (given === undefined || given === '') return START
  if (!given.startsWith('/') || given.startsWith('//') || SUSPECT.test(given)) return undefined
  const { origin } = new URL(publicUrl)
  const url = URL.parse(given, origin)
  // `/.//evil.com` is ours to the parser, yet its path would lead a browser elsewhere.
  if (!url || url.origin !== origin || url.pathname.startsWith('//') || NOT_PAGES.test(url.pathname)) return undefined
  return url.pathname + url.search
}
