import { signPage } from '#shared/jssdk.ts'
import { memberOf } from '../context.ts'
import { AppError } from '../errors.ts'
import { createWindow, type Window } from '../wecom/budget.ts'
import { signaturesOf } from '../wecom/jssdk.ts'
import type { Route } from './mount.ts'

const A_MINUTE = 30
const MINUTE_MS = 60_000
/** Pages that use the SDK. Nothing else of ours is worth signing. */
const SIGNED_PAGES = /^\/sidebar(\/|$)/

/** Mounts `signPage`: our own pages only, for a member, thirty times a minute. */
export function jssdkRoutes(route: Route): void {
  const windows = new Map<string, Window>()
  route(signPage, async (ctx, { url }) => {
    const page = ownPage(url, ctx.config.publicUrl)
    if (!page) throw new AppError('invalid_input', '只能为本站的页面签名')
    if (!admit(windows, memberOf(ctx), () => ctx.now().getTime()))
      throw new AppError('too_many_requests', '签名太频繁，请一分钟后再试')
    return await signaturesOf(page, ctx)
  })
}

/**
 * The address up to `#` when it is a page of ours, byte for byte. A browser's own address is already in the form the URL parser
 * writes: anything else (`\@`, a default port, a tab, `..`) is somebody trying to have another address signed.
 */
export function ownPage(given: string, publicUrl: string): string | undefined {
  const page = given.split('#', 1)[0] ?? ''
  const url = URL.parse(page)
  const isOurs = url !== null && url.href === page && url.origin === new URL(publicUrl).origin
  return isOurs && url.username + url.password === '' && SIGNED_PAGES.test(url.pathname) ? page : undefined
}

function admit(windows: Map<string, Window>, userId: string, clock: () => number): boolean {
  for (const [who, window] of windows) if (window.isIdle()) windows.delete(who)
  const window = windows.get(userId) ?? createWindow(A_MINUTE, MINUTE_MS, clock)
  windows.set(userId, window)
  if (!window.fits()) return false
  window.add()
  return true
}
