import type { WecomConfig } from '../config.ts'
import { API } from './apis.ts'
import type { Call } from './call.ts'
import { WecomError } from './error.ts'
import { createMessages } from './messages.ts'
import { IssuedToken } from './schemas.ts'
import { createExchange, type Transport } from './transport.ts'

/** What WeCom says against an app's identity: the setting it blames, or none where it is about something else (an address to be trusted, no answer). */
export interface Refusal {
  setting: 'WECOM_CORP_ID' | 'WECOM_AGENT_ID' | 'WECOM_SECRET' | null
  message: string
}

const BLAMED: Record<number, Refusal['setting']> = {
  40001: 'WECOM_SECRET',
  40013: 'WECOM_CORP_ID',
  301002: 'WECOM_AGENT_ID',
}

/** Tries what nobody has stored yet, without keeping a token or disturbing anybody. undefined: WeCom takes it. */
export async function tryApp(wecom: WecomConfig, http?: Transport): Promise<Refusal | undefined> {
  const exchange = createExchange(wecom.apiBase, http)
  try {
    const query = { corpid: wecom.corpId, corpsecret: wecom.secret }
    const { access_token } = IssuedToken.parse(await exchange(API.token, { query }))
    const call: Call = async (api, schema, out = {}) =>
      schema.parse(await exchange(api, { ...out, query: { access_token, ...out.query } }))
    await createMessages(call, wecom.agentId).checkAgent()
    return undefined
  } catch (error) {
    if (!(error instanceof WecomError)) throw error
    return { setting: BLAMED[error.errcode] ?? null, message: error.message }
  }
}
