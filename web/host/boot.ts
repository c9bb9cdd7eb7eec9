import type { PageSignature } from '#shared/jssdk.ts'
import type { Me } from '#shared/session.ts'

/** What the server wrote into the page. */
export interface Boot {
  corpId: string
  agentId: string
  me: Me
  signature: PageSignature | null
  serverTime: string
}

/** Where the client says it is. */
export interface Whereabouts {
  entry: string
  customerId: string
}

/** The card request's answer, as it came. */
export interface CardAnswer {
  customerId: string
  status: number
  body: unknown
}

/**
 * What the page's inline script began beside the download of this code. Its promises resolve to null rather than reject; `at` and
 * `answer` are what they have resolved to so far, for a first frame that takes over what is already painted.
 */
export interface Begun {
  context: Promise<Whereabouts | null>
  card: Promise<CardAnswer | null>
  at?: Whereabouts
  answer?: CardAnswer
}

declare global {
  interface Window {
    __pangbai?: Begun
  }
}

export function readBoot(): Boot {
  const block = document.getElementById('boot')
  if (!block?.textContent) throw new Error('the page was served without its boot data')
  return JSON.parse(block.textContent) as Boot
}
