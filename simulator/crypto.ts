import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** WeCom's callback cryptography: AES-256-CBC, IV from the key, PKCS#7 to 32 bytes, SHA-1 over the sorted parts. */
const BLOCK = 32

/** The 32 key bytes of an EncodingAESKey (43 characters). Trailing bits that a strict decoder would refuse are let through, as WeCom does. */
export const keyOf = (encodingAesKey: string): Buffer => Buffer.from(`${encodingAesKey}=`, 'base64')

/** `msg_signature` of one encrypted text, exactly as transmitted. */
export function signatureOf(token: string, timestamp: string, nonce: string, encrypted: string): string {
  return createHash('sha1').update([token, timestamp, nonce, encrypted].sort().join('')).digest('hex')
}

/** random(16) ‖ length(4, big-endian) ‖ message ‖ receiver, padded and encrypted; base64. */
export function encrypt(encodingAesKey: string, message: string, receiver: string, random = randomBytes(16)): string {
  const key = keyOf(encodingAesKey)
  const text = Buffer.from(message, 'utf8')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  const plain = Buffer.concat([random, length, text, Buffer.from(receiver)])
  const pad = BLOCK - (plain.length % BLOCK)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(pad, pad)])), cipher.final()]).toString(
    'base64',
  )
}

/** The message and its receiver. Throws when the padding or the length cannot be right. */
export function decrypt(encodingAesKey: string, encrypted: string): { message: string; receiver: string } {
  const key = keyOf(encodingAesKey)
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(Buffer.from(encrypted, 'base64')), decipher.final()])
  const pad = padded.at(-1) ?? 0
  if (pad < 1 || pad > BLOCK) throw new Error('bad padding')
  const plain = padded.subarray(0, padded.length - pad)
  const length = plain.readUInt32BE(16)
  if (20 + length > plain.length) throw new Error('bad length')
  return {
    message: plain.subarray(20, 20 + length).toString('utf8'),
    receiver: plain.subarray(20 + length).toString('utf8'),
  }
}

/** JS-SDK signature of a page: SHA-1 over ticket, nonce, timestamp (seconds) and the page's address up to `#`. */
export function signPage(ticket: string, nonceStr: string, timestamp: string | number, url: string): string {
  return createHash('sha1')
    .update(`jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${url}`)
    .digest('hex')
}
