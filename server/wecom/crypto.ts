import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** What WeCom sends cannot be taken for WeCom's: the signature, the receiver or the padding is wrong. Never says which. */
export class Forged extends Error {
  constructor() {
    super('not from WeCom')
  }
}

const BLOCK = 32
const RANDOM = 16
const LENGTH = 4

/** 32 bytes from the console's 43 characters; the last may carry stray bits, as the official example's does. */
const keyOf = (aesKey: string): Buffer => Buffer.from(`${aesKey}=`, 'base64')

/** The signature over a token and what travels with it (server-api.md §7.2): sorted, joined, SHA-1, hex. */
export const signatureOf = (token: string, timestamp: string, nonce: string, encrypted: string): string =>
  createHash('sha1').update([token, timestamp, nonce, encrypted].sort().join('')).digest('hex')

/** Compares in constant time, whatever the lengths. */
export function signed(expected: string, given: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(expected), digest(given))
}

/**
 * Opens what WeCom encrypted for `receiver` (the corp id): AES-256-CBC, random(16) ‖ length ‖ message ‖ receiver, padded to 32.
 * Throws Forged.
 */
export function decrypt(aesKey: string, receiver: string, encrypted: string): string {
  const key = keyOf(aesKey)
  const sealed = Buffer.from(encrypted, 'base64')
  if (sealed.length === 0 || sealed.length % BLOCK !== 0) throw new Forged()
  const cipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([cipher.update(sealed), cipher.final()])
  const pad = padded.at(-1) ?? 0
  if (pad < 1 || pad > BLOCK) throw new Forged()
  const plain = padded.subarray(0, padded.length - pad)
  if (plain.length < RANDOM + LENGTH) throw new Forged()
  const end = RANDOM + LENGTH + plain.readUInt32BE(RANDOM)
  if (end > plain.length || !signed(receiver, plain.subarray(end).toString('utf8'))) throw new Forged()
  return plain.subarray(RANDOM + LENGTH, end).toString('utf8')
}

/** As WeCom encrypts for `receiver`: what `decrypt` opens. For asking our own callback address what the console asks. */
export function seal(aesKey: string, receiver: string, message: string): string {
  const key = keyOf(aesKey)
  const text = Buffer.from(message, 'utf8')
  const length = Buffer.alloc(LENGTH)
  length.writeUInt32BE(text.length)
  const plain = Buffer.concat([randomBytes(RANDOM), length, text, Buffer.from(receiver)])
  const pad = BLOCK - (plain.length % BLOCK)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(pad, pad)])), cipher.final()]).toString(
    'base64',
  )
}
