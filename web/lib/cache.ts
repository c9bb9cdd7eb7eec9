import type { CustomerCard } from '#shared/customers.ts'
import type { CustomerId } from '#shared/ids.ts'
import { readStored, store } from './storage.ts'

/** The last cards this member saw, newest first, for painting before the network answers. Masked data only. */
const KEY = 'pangbai.cards'
const MOST = 50

interface Kept {
  member: string
  cards: CustomerCard[]
}

const keptOf = (member: string): CustomerCard[] => {
  const kept = readStored<Kept>(KEY)
  return kept?.member === member && Array.isArray(kept.cards) ? kept.cards : []
}

/** The card as this member last saw it; never another member's. */
export const readCard = (member: string, id: CustomerId): CustomerCard | undefined =>
  keptOf(member).find((card) => card.customer.id === id)

export function keepCard(member: string, card: CustomerCard): void {
  const others = keptOf(member).filter((kept) => kept.customer.id !== card.customer.id)
  store(KEY, { member, cards: [card, ...others].slice(0, MOST) } satisfies Kept)
}

export function forgetCard(member: string, id: CustomerId): void {
  store(KEY, { member, cards: keptOf(member).filter((card) => card.customer.id !== id) } satisfies Kept)
}

/** At sign-out: nothing about customers stays on the device. */
export const wipeCards = (): void => void store(KEY, undefined)
