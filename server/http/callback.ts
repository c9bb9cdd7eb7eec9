import type { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Deps } from '../context.ts'
import { receive } from '../features/inbox/service.ts'
import { answerCheck, LARGEST_BODY, readCallback } from '../wecom/callback.ts'
import { countRefused } from '../wecom/callback-count.ts'
import { Forged } from '../wecom/crypto.ts'
import type { Env } from './mount.ts'

export const CALLBACK_PATH = '/wecom/callback'

/**
 * Where WeCom tells of changes. GET proves the address to the console; POST stores the event and answers with nothing, which WeCom
 * takes for "received". Whatever is not WeCom's gets one and the same 403; an event we could not store gets an error, so that it
 * is sent again.
 */
export function callback(app: Hono<Env>, deps: Deps): void {
  const { wecom } = deps.config
  const signedBy = (query: Record<string, string>) => {
    const { msg_signature = '', timestamp = '', nonce = '' } = query
    return { msg_signature, timestamp, nonce }
  }
  const unlessForged = async (work: () => Promise<Response> | Response): Promise<Response> => {
    try {
      return await work()
    } catch (error) {
      if (error instanceof Forged) {
        countRefused(deps)
        return new Response('forbidden', { status: 403 })
      }
      throw error
    }
  }

  app.get(CALLBACK_PATH, (c) =>
    unlessForged(() =>
      c.text(answerCheck(wecom, { ...signedBy(c.req.query()), echostr: c.req.query('echostr') ?? '' })),
    ),
  )
  const limit = bodyLimit({ maxSize: LARGEST_BODY, onError: (c) => c.text('too large', 413) })
  app.post(CALLBACK_PATH, limit, (c) =>
    unlessForged(async () => {
      const event = readCallback(wecom, signedBy(c.req.query()), await c.req.text(), deps.now())
      await receive(deps, event)
      return c.body('')
    }),
  )
}
