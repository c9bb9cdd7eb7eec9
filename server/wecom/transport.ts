import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import axios, { type AxiosInstance, type AxiosRequestConfig } from 'axios'
import * as z from 'zod/mini'
import { inWords, isBusy, NO_ANSWER } from './advice.ts'
import type { Api } from './apis.ts'
import { WecomError } from './error.ts'

/** Another way to WeCom than the network, for tests. */
export type Transport = Pick<AxiosRequestConfig, 'adapter' | 'env'>

export interface Outgoing {
  query?: Record<string, string>
  /** Sent as literal UTF-8 JSON (WeCom refuses `\uXXXX`), or as multipart when it is a form. */
  body?: Record<string, unknown> | FormData
}

/** One exchange with WeCom. Answers the body of a success; throws WecomError otherwise. */
export type Exchange = (api: Api, out: Outgoing) => Promise<Record<string, unknown>>

const Envelope = z.looseObject({ errcode: z.optional(z.coerce.number()), errmsg: z.catch(z.string(), '') })
const MAX_ANSWER = 32 * 1024 * 1024

/**
 * Connections are kept alive for calls that may be repeated. The others get a fresh one: a pooled socket that the other
 * side has just closed would leave us not knowing whether they arrived.
 */
export function createExchange(apiBase: string, transport: Transport = {}): Exchange {
  const keep = { keepAlive: true, maxSockets: 64, maxFreeSockets: 8 }
  const pooled = { httpAgent: new HttpAgent(keep), httpsAgent: new HttpsAgent(keep) }
  const fresh = { httpAgent: new HttpAgent(), httpsAgent: new HttpsAgent() }
  const http = axios.create({
    baseURL: apiBase,
    maxRedirects: 0, // http:// answers 301, and a client that follows may turn POST into GET
    maxContentLength: MAX_ANSWER,
    proxy: false, // a proxy would see the secret, which travels in the query
    responseType: 'text',
    transformResponse: (text: unknown) => text,
    validateStatus: () => true,
    ...transport,
  })
  return async (api, out) => {
    const { status, text } = await send(http, api, out, api.repeat ? pooled : fresh)
    const body = parseObject(text)
    if (status >= 300 || !body) throw noAnswer(api, `HTTP ${status}, ${body ? 'JSON' : 'not a JSON object'}`)
    const { errcode = 0, errmsg } = Envelope.parse(body)
    if (errcode !== 0) throw refused(api, errcode, errmsg)
    return body
  }
}

async function send(http: AxiosInstance, api: Api, out: Outgoing, agents: AxiosRequestConfig) {
  const isForm = out.body instanceof FormData
  try {
    const answer = await http.request<string>({
      method: api.method,
      url: api.path,
      params: out.query,
      ...(out.body && (isForm ? { data: out.body } : json(out.body))),
      signal: AbortSignal.timeout(api.timeoutMs),
      ...agents,
    })
    return { status: answer.status, text: answer.data }
  } catch (error) {
    // axios's own error carries the address with its token: only the code of what happened is let through.
    const timedOut = axios.isCancel(error)
    throw noAnswer(
      api,
      timedOut ? `no answer in ${api.timeoutMs} ms` : (axios.isAxiosError(error) && error.code) || 'failed',
    )
  }
}

const json = (body: object) => ({
  data: JSON.stringify(body),
  headers: { 'content-type': 'application/json; charset=utf-8' },
})

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined // an error page of something between us and WeCom: the caller reports it
  }
}

/** No answer, or one that is not WeCom's. `detail` is for engineers and holds nothing of the request. */
export function noAnswer(api: Api, detail: string): WecomError {
  return new WecomError(api.path, NO_ANSWER, inWords(NO_ANSWER), true, { cause: new Error(detail) })
}

/** WeCom's refusal. Of errmsg only the hint's digits are kept, which WeCom's support asks for. */
export function refused(api: Api, errcode: number, errmsg = ''): WecomError {
  const hint = /hint: \[([\d_]{1,40})/.exec(errmsg)?.[1]
  const cause = new Error(`errcode ${errcode}${hint ? `, hint ${hint}` : ''}`)
  return new WecomError(api.path, errcode, inWords(errcode, errmsg), isBusy(errcode), { cause })
}
