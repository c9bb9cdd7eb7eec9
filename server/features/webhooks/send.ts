import { createHmac } from 'node:crypto'
import { request } from 'node:https'
import { publicAddressOf } from './address.ts'

const PATIENCE_MS = 5_000

export interface Outgoing {
  id: string
  url: string
  /** `whsec_` and base64. */
  secret: string
  body: string
  /** Seconds. */
  timestamp: number
}
export type Send = (outgoing: Outgoing) => Promise<number>

/** As the Standard Webhooks specification signs: HMAC-SHA256 over id, time and body, base64. */
export const signatureOf = ({ id, secret, body, timestamp }: Omit<Outgoing, 'url'>): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64')}`

export const headersOf = (outgoing: Outgoing): Record<string, string> => ({
  'content-type': 'application/json',
  'content-length': String(Buffer.byteLength(outgoing.body)),
  'user-agent': 'pangbai-webhooks/1',
  'webhook-id': outgoing.id,
  'webhook-timestamp': String(outgoing.timestamp),
  'webhook-signature': signatureOf(outgoing),
})

/** One POST to the one address that was looked at; redirects are answers, not ways. Answers the status. */
export async function sendHttps(outgoing: Outgoing): Promise<number> {
  const url = new URL(outgoing.url)
  const { address, family } = await publicAddressOf(url.hostname)
  return await new Promise<number>((resolve, reject) => {
    const out = request(
      url,
      {
        method: 'POST',
        headers: headersOf(outgoing),
        signal: AbortSignal.timeout(PATIENCE_MS),
        lookup: (_host, options, done) =>
          options.all
            ? done(null, [{ address, family }])
            : (done as (e: null, a: string, f: number) => void)(null, address, family),
      },
      (answer) => {
        answer.resume()
        resolve(answer.statusCode ?? 0)
      },
    )
    out.on('error', reject)
    out.end(outgoing.body)
  })
}
