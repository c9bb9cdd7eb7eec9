import type { Sql } from 'postgres'
import type { Config } from '../config.ts'
import type { Logger } from '../log.ts'
import { UNTRUSTED_IP } from './advice.ts'
import { API } from './apis.ts'
import { type Caller, createCaller } from './call.ts'
import { createCredentials, type CredentialKind, type Credentials, type Issued } from './credentials.ts'
import { createContacts } from './contacts.ts'
import { createDirectory } from './directory.ts'
import { WecomError } from './error.ts'
import { createMessages } from './messages.ts'
import type { Wecom } from './port.ts'
import { IssuedTicket, IssuedToken } from './schemas.ts'
import { createExchange, type Exchange, type Transport } from './transport.ts'

/** WeCom over HTTP. `http` replaces the network in tests. */
export function createWecom(options: {
  config: Config
  sql: Sql
  log: Logger
  now: () => Date
  http?: Transport
  /** Told of every exchange: the API, and 0 or the errcode. */
  onCall?: (api: string, errcode: number) => void
  /** How many processes share WeCom's limits. */
  peers?: () => number
}): Wecom & Pick<Caller, 'budgetsLeft'> {
  const { config, sql, log, now } = options
  const { wecom } = config
  const { call, callBare, budgetsLeft } = createCaller(
    counted(createExchange(wecom.apiBase, options.http), (api, errcode) => {
      options.onCall?.(api, errcode)
      if (errcode === UNTRUSTED_IP) log.error({ alarm: 'untrusted_ip', api }, 'wecom 60020: add this address')
    }),
    () => credentials,
    options.peers,
  )
  const credentials: Credentials = createCredentials({ sql, sessionSecret: config.sessionSecret, wecom, log, issue })

  async function issue(kind: CredentialKind): Promise<Issued> {
    if (kind === 'access_token') {
      const query = { corpid: wecom.corpId, corpsecret: wecom.secret }
      const token = await callBare(API.token, IssuedToken, { query })
      return { value: token.access_token, lifetime: token.expires_in }
    }
    const ticket =
      kind === 'corp_ticket'
        ? await call(API.corpTicket, IssuedTicket)
        : await call(API.agentTicket, IssuedTicket, { query: { type: 'agent_config' } })
    return { value: ticket.ticket, lifetime: ticket.expires_in }
  }

  return {
    ...createContacts(call, now),
    ...createDirectory(call),
    ...createMessages(call, wecom.agentId),
    budgetsLeft,
    ticket: (kind) => credentials.get(kind === 'corp' ? 'corp_ticket' : 'agent_ticket'),
  }
}

const counted =
  (exchange: Exchange, tell: (api: string, errcode: number) => void): Exchange =>
  async (api, out) => {
    try {
      const body = await exchange(api, out)
      tell(api.path, 0)
      return body
    } catch (error) {
      if (error instanceof WecomError) tell(api.path, error.errcode)
      throw error
    }
  }
