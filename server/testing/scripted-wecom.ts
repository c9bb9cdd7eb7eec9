import { AxiosError, type AxiosAdapter, type InternalAxiosRequestConfig } from 'axios'
import type { Transport } from '../wecom/transport.ts'

export interface WecomCall {
  path: string
  query: Record<string, string>
}

/** What a scripted WeCom does with a call: answer a body, or fail on the network with this code. */
export type Script = (call: WecomCall) => object | { reset: string } | Promise<object>

/** A WeCom in a few lines, for tests of the client itself: no network, every call recorded. */
export function scriptedWecom(script: Script): {
  http: Transport
  calls: WecomCall[]
  count: (path: string) => number
} {
  const calls: WecomCall[] = []
  const adapter: AxiosAdapter = async (config: InternalAxiosRequestConfig) => {
    const call = { path: config.url ?? '', query: { ...(config.params as Record<string, string>) } }
    calls.push(call)
    const answer = await script(call)
    if ('reset' in answer) throw new AxiosError(`socket of ${JSON.stringify(call)}`, String(answer.reset), config)
    return { data: JSON.stringify(answer), status: 200, statusText: 'OK', headers: {}, config }
  }
  return { http: { adapter }, calls, count: (path) => calls.filter((call) => call.path === path).length }
}
