import { createHash } from 'node:crypto'
import { XMLParser } from 'fast-xml-parser'
import type { WecomConfig } from '../config.ts'
import { decrypt, Forged, signatureOf, signed } from './crypto.ts'

/** Callbacks are a few hundred bytes; a larger body is none. */
export const LARGEST_BODY = 64 * 1024
/** A signature is good this long before and after its time. */
const WINDOW_SECONDS = 600

export interface SignedQuery {
  msg_signature: string
  timestamp: string
  nonce: string
}

/** One event as it came: its fields, flat, and the digest of its plain text, by which a second delivery is known. */
export interface ReceivedEvent {
  digest: string
  fields: Record<string, string>
}

type Keys = Pick<WecomConfig, 'corpId' | 'callbackToken' | 'callbackAesKey'>

/** The plain text that proves to the console that this address is ours. Throws Forged. */
export function answerCheck(keys: Keys, query: SignedQuery & { echostr: string }): string {
  return open(keys, query, query.echostr)
}

/** Verifies, opens and reads one callback. Throws Forged for anything that is not a recent message of WeCom's to this corp. */
export function readCallback(keys: Keys, query: SignedQuery, body: string, now: Date): ReceivedEvent {
  const sent = Number(query.timestamp)
  if (!Number.isInteger(sent) || Math.abs(now.getTime() / 1000 - sent) > WINDOW_SECONDS) throw new Forged()
  const plain = open(keys, query, readXml(body)['Encrypt'] ?? '')
  const fields = readXml(plain)
  if (!fields['Event'] || fields['ToUserName'] !== keys.corpId) throw new Forged()
  return { digest: createHash('sha256').update(plain).digest('hex'), fields }
}

function open(keys: Keys, query: SignedQuery, encrypted: string): string {
  const expected = signatureOf(keys.callbackToken, query.timestamp, query.nonce, encrypted)
  if (!signed(expected, query.msg_signature)) throw new Forged()
  return decrypt(keys.callbackAesKey, keys.corpId, encrypted)
}

const parser = new XMLParser({
  processEntities: false,
  parseTagValue: false,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  trimValues: false,
})

/**
 * The texts under `<xml>`; lists and deeper elements are kept as JSON. No document type, no entities: neither is WeCom's, and both
 * are ways to make a parser work for ever. Throws Forged.
 */
function readXml(text: string): Record<string, string> {
  if (text.length > LARGEST_BODY || /<!(?:DOCTYPE|ENTITY)/i.test(text) || deepest(text) > 8) throw new Forged()
  let root: unknown
  try {
    root = (parser.parse(text) as { xml?: unknown }).xml
  } catch {
    throw new Forged()
  }
  if (typeof root !== 'object' || root === null || Array.isArray(root)) throw new Forged()
  const fields = Object.entries(root).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.trim() : JSON.stringify(value),
  ])
  return Object.fromEntries(fields) as Record<string, string>
}

/** How deep elements nest; counted without recursion, before anything recursive reads them. */
function deepest(text: string): number {
  let depth = 0
  let most = 0
  for (const [tag] of text.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, '').matchAll(/<[/!?]?[A-Za-z][^>]*>/g)) {
    if (tag.startsWith('</')) depth--
    else if (!tag.endsWith('/>') && !tag.startsWith('<?') && !tag.startsWith('<!')) most = Math.max(most, ++depth)
  }
  return most
}
