import { setTimeout as pause } from 'node:timers/promises'

/** Until a process of ours is ready on this port. Throws after `ms`, or as soon as `gone` gives a reason. */
export async function untilReady(port: number, ms: number, gone: () => string | undefined = () => undefined) {
  for (const until = Date.now() + ms; Date.now() < until; await pause(100)) {
    const why = gone()
    if (why !== undefined) throw new Error(why)
    // Nobody listens yet: asked again until the time is over.
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
    if (answer?.ok) return
  }
  throw new Error(`port ${port} was not ready within ${ms} ms`)
}
