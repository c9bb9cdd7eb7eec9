import { createHash, randomBytes } from 'node:crypto'
import type { PageSignature, Signature } from '#shared/jssdk.ts'
import type { WecomConfig } from '../config.ts'
import type { Wecom } from './port.ts'

/**
 * Lower-case hex SHA-1 over ticket, nonce, time in seconds and page address, in that order and unencoded (server-api.md §2.3).
 * What follows `#` is never signed; the rest must be the address exactly as the browser has it.
 */
export function signature(ticket: string, { nonceStr, timestamp }: Omit<Signature, 'signature'>, url: string): string {
  const page = url.split('#', 1)[0]
  const signed = `jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${page}`
  return createHash('sha1').update(signed, 'utf8').digest('hex')
}

/** The corp's ticket and the app's. */
export const ticketsOf = ({ wecom }: { wecom: Pick<Wecom, 'ticket'> }): Promise<[string, string]> =>
  Promise.all([wecom.ticket('corp'), wecom.ticket('agent')])

/** Both signatures of one page. The caller has made sure that the page is ours. */
export async function signaturesOf(
  url: string,
  { wecom, config, now }: { wecom: Pick<Wecom, 'ticket'>; config: { wecom: WecomConfig }; now: () => Date },
): Promise<PageSignature> {
  const [corpTicket, agentTicket] = await ticketsOf({ wecom })
  const timestamp = Math.floor(now().getTime() / 1000)
  const sign = (ticket: string): Signature => {
    const seed = { timestamp, nonceStr: randomBytes(12).toString('hex') }
    return { ...seed, signature: signature(ticket, seed, url) }
  }
  const { corpId, agentId } = config.wecom
  return { corpId, agentId: String(agentId), url, agent: sign(agentTicket), corp: sign(corpTicket) }
}
