import { encrypt, signatureOf } from '../simulator/crypto.ts'
import { startDemo } from './lib/demo.ts'
import { type Figures, round } from './lib/table.ts'

const PER_SECOND = 200
const SECONDS = 10

/** Events acknowledged at two hundred a second, each stored with its job before it is; sent at fixed moments, whatever the answers take. */
export async function measure(): Promise<Figures[]> {
  const demo = await startDemo({ direct: true })
  const { corpId, callbackToken, callbackAesKey } = demo.wecom
  const took: number[] = []
  let refused = 0
  try {
    const sending: Promise<void>[] = []
    const began = performance.now()
    for (let n = 0; n < PER_SECOND * SECONDS; n++) {
      const due = began + (n * 1000) / PER_SECOND
      const early = due - performance.now()
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, early))
      const timestamp = String(Math.floor(Date.now() / 1000))
      const xml = `<xml><ToUserName>${corpId}</ToUserName><CreateTime>${timestamp}</CreateTime><Event>change_external_contact</Event><ChangeType>edit_external_contact</ChangeType><UserID>u${n}</UserID><ExternalUserID>wm${n}</ExternalUserID></xml>`
      const sealed = encrypt(callbackAesKey, xml, corpId)
      const query = new URLSearchParams({
        msg_signature: signatureOf(callbackToken, timestamp, '1', sealed),
        timestamp,
        nonce: '1',
      })
      const at = performance.now()
      sending.push(
        fetch(`${demo.origin}/wecom/callback?${query}`, {
          method: 'POST',
          body: `<xml><Encrypt>${sealed}</Encrypt></xml>`,
        }).then(async (answer) => {
          await answer.text()
          took.push(performance.now() - at)
          if (answer.status !== 200) refused++
        }),
      )
    }
    await Promise.all(sending)
    took.sort((a, b) => a - b)
    const at = (share: number) => round(took[Math.floor(took.length * share)] ?? 0, 1)
    const row = { events: took.length, 'per second': PER_SECOND, 'p50 ms': at(0.5), 'p99 ms': at(0.99), refused }
    return [{ name: 'callbacks', about: 'an event until it is acknowledged', rows: [row] }]
  } finally {
    await demo.close()
  }
}
