import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'

/** What the JS-SDK's signer returns. `timestamp` in seconds. */
export const Signature = z.object({ timestamp: z.number(), nonceStr: z.string(), signature: z.string() })
export type Signature = z.infer<typeof Signature>

/** Both signatures of one page: `agent` with the app's ticket, `corp` with the corp's ticket (clients before 3.0.24). */
export const PageSignature = z.object({
  corpId: z.string(),
  agentId: z.string(),
  url: z.string(),
  agent: Signature,
  corp: Signature,
})
export type PageSignature = z.infer<typeof PageSignature>

/** Signs a page of our own origin. The url is the page's address up to `#`, exactly as the browser has it. */
export const signPage = endpoint({
  method: 'post',
  path: '/api/jssdk/signature',
  access: 'rep',
  input: z.object({ url: z.string().check(z.maxLength(2048)) }),
  output: PageSignature,
})
