import { inject, type InjectionKey } from 'vue'
import type { CustomerId } from '#shared/ids.ts'

/** What one call of the client puts into the chat. */
export type OutgoingPart =
  | { type: 'text'; text: string }
  | { type: 'image' | 'file' | 'video'; mediaId: string }
  | { type: 'link'; url: string; title: string; description: string; imageUrl: string }
  | { type: 'miniprogram'; appid: string; title: string; page: string; imageUrl: string }

export type HostFault =
  | 'cancelled'
  | 'no_permission'
  | 'wrong_entry'
  | 'unsupported'
  | 'bad_message'
  | 'bad_signature'
  | 'untrusted_domain'
  | 'aborted'
  | 'timeout'
  | 'outside'
  | 'unknown'

/** The client said no, or nothing. `raw` is what it said, for an engineer. */
export class HostError extends Error {
  readonly kind: HostFault
  readonly raw: string
  constructor(kind: HostFault, raw: string) {
    super(`${kind}: ${raw}`)
    this.name = 'HostError'
    this.kind = kind
    this.raw = raw
  }
}

/** What the page needs from the chat client it is embedded in. Everything throws HostError, within seconds. */
export interface Host {
  entry(): Promise<string>
  /** Whose chat it is, where that is known without asking: for the first frame. */
  readonly known: CustomerId | null
  currentCustomer(): Promise<CustomerId>
  /** Makes calls ready ahead of the first one, which may come without a network. */
  warm(): void
  /** Opens the chat with one customer, from a page that is not in one. */
  openChat(customerId: CustomerId): Promise<void>
  /** Handed to the chat when it resolves: not yet delivered, on some clients not even sent. Never repeated by itself. */
  send(part: OutgoingPart): Promise<void>
}

export const hostKey: InjectionKey<Host> = Symbol('host')

export function useHost(): Host {
  const host = inject(hostKey)
  if (!host) throw new Error('no host was provided')
  return host
}
