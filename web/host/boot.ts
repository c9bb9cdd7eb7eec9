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

/** What the page's inline script began beside the download of this code. Its promises resolve to null rather than reject. */
export interface Begun {
  context: Promise<{ entry: string; customerId: string } | null>
  card: Promise<{ customerId: string; status: number; body: unknown } | null>
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
