/**
 * Tells when to end: Ctrl-C, SIGTERM (to us or to npm), a closed terminal, or a failure nobody caught before that (then `failure` holds it). A second
 * Ctrl-C changes nothing, since the end is already under way and bounded.
 */
export function listenForTheEnd(): { signal: AbortSignal; ended: Promise<void>; failure(): unknown } {
  const end = new AbortController()
  let failure: unknown
  const fail = (error: unknown) => {
    // A job that the end cut off fails when its database goes; the next start takes it up again.
    if (end.signal.aborted) return
    failure = error
    end.abort(error)
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => end.abort())
  if (process.env['npm_lifecycle_event']) whenOrphaned(() => end.abort())
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)
  const ended = new Promise<void>((resolve) => end.signal.addEventListener('abort', () => resolve()))
  return { signal: end.signal, ended, failure: () => failure }
}

/** npm hands a SIGTERM to the shell between us and it, which dies without a word to us: a new parent is how we learn of it. */
function whenOrphaned(tell: () => void): void {
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && tell(), 250).unref()
}
