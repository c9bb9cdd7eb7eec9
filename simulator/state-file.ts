import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { Shop } from './types.ts'
import { type App, findCustomer, type World } from './world.ts'

const PAUSE_MS = 300

interface Kept {
  version: string
  /** What was handed out stays good: an app keeps its token and tickets over our restart. */
  tokens: [string, { app: App; expiresAt: number; dead: boolean }][]
  tickets: World['tickets']
  shop: Shop
  media: [string, { mime: string; name: string; type: string; createdAt: number; base64: string }][]
}

/** The same shop has the same people, whatever day it was built for. */
const versionOf = (shop: Shop) =>
  createHash('sha256')
    .update(JSON.stringify([shop.members.map((m) => m.userid), shop.customers.map((c) => c.externalUserid)]))
    .digest('hex')

/**
 * Keeps the world in a file across restarts, so that tags and messages are still there: written whole, beside, then renamed,
 * at most every 300 ms. A file of another shop is left unread.
 */
export function keepState(world: World, file: string, origin: Shop): { flush: () => void } {
  const version = versionOf(origin)
  restore(world, file, version)
  let timer: NodeJS.Timeout | undefined
  const write = () => {
    timer = undefined
    const media = [...world.media].map(([id, m]): Kept['media'][number] => {
      const { bytes, ...rest } = m
      return [id, { ...rest, base64: Buffer.from(bytes).toString('base64') }]
    })
    writeFileSync(
      `${file}.new`,
      JSON.stringify({
        version,
        tokens: [...world.tokens],
        tickets: world.tickets,
        shop: world.shop,
        media,
      } satisfies Kept),
    )
    renameSync(`${file}.new`, file)
  }
  world.touched = () => {
    timer ??= setTimeout(write, PAUSE_MS)
  }
  return {
    flush: () => {
      if (!timer) return
      clearTimeout(timer)
      write()
    },
  }
}

function restore(world: World, file: string, version: string): void {
  if (!existsSync(file)) return
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Kept
  if (kept.version !== version) return
  world.shop = kept.shop
  world.tickets = kept.tickets
  for (const [token, held] of kept.tokens) world.tokens.set(token, held)
  for (const [id, { base64, ...rest }] of kept.media)
    world.media.set(id, { ...rest, bytes: Buffer.from(base64, 'base64') })
  for (const talk of world.shop.conversations) if (!findCustomer(world, talk.externalUserid)) talk.messages = []
}
