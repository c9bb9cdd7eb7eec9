import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { liveMedia } from './api/media.ts'
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

/** All that outlives a restart; what has expired does not. */
const picture = (world: World, version: string): Kept => ({
  version,
  tokens: [...world.tokens].filter(([, token]) => token.expiresAt > world.now()),
  tickets: world.tickets,
  shop: world.shop,
  media: [...world.media.keys()].flatMap((id): Kept['media'] => {
    const media = liveMedia(world, id)
    if (!media) return []
    const { bytes, ...rest } = media
    return [[id, { ...rest, base64: Buffer.from(bytes).toString('base64') }]]
  }),
})

/**
 * Keeps the world in a file across restarts, so that tags and messages are still there: written whole, beside, then renamed,
 * at most every 300 ms. A file of another shop is left unread; one that cannot be read is set aside.
 */
export function keepState(
  world: World,
  file: string,
  origin: Shop,
  log?: (line: string) => void,
): { flush: () => void } {
  const version = versionOf(origin)
  const kept = existsSync(file) ? readKept(file, log) : undefined
  if (kept?.version === version) restore(world, kept)
  let timer: NodeJS.Timeout | undefined
  const write = () => {
    timer = undefined
    writeFileSync(`${file}.new`, JSON.stringify(picture(world, version)))
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

function readKept(file: string, log?: (line: string) => void): Kept | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Kept
  } catch (error) {
    renameSync(file, `${file}.unreadable`)
    log?.(`pretend WeCom: ${file} cannot be read, set aside as ${file}.unreadable (${String(error)})`)
    return undefined
  }
}

function restore(world: World, kept: Kept): void {
  world.shop = kept.shop
  world.tickets = kept.tickets
  for (const [token, held] of kept.tokens) world.tokens.set(token, held)
  for (const [id, { base64, ...rest }] of kept.media)
    world.media.set(id, { ...rest, bytes: Buffer.from(base64, 'base64') })
  for (const talk of world.shop.conversations) if (!findCustomer(world, talk.externalUserid)) talk.messages = []
}
