import type * as ww from '@wecom/jssdk'
import type { CustomerId } from '#shared/ids.ts'
import { type PageSignature, type Signature, signPage } from '#shared/jssdk.ts'
import { call } from '#web/lib/api.ts'
import type { Begun, Boot } from './boot.ts'
import { classify } from './classify.ts'
import { type Host, HostError, type OutgoingPart } from './host.ts'

type Sdk = Pick<
  typeof ww,
  'register' | 'getContext' | 'getCurExternalContact' | 'openEnterpriseChat' | 'sendChatMessage' | 'env'
>

const PATIENCE_MS = 4_500
const SEND_PATIENCE_MS = 8_000
const WITH_CUSTOMER = new Set(['single_chat_tools', 'contact_profile', 'single_kf_tools'])
const APIS = ['getContext', 'getCurExternalContact', 'openEnterpriseChat', 'sendChatMessage']

/** The chat client behind the unmodified SDK, which is loaded when first needed: the inline script has usually been faster. */
export function wecomHost(boot: Boot, begun: Begun | undefined, load: () => Promise<Sdk> = loadSdk): Host {
  let code: Promise<Sdk> | undefined
  let sdk: Promise<Sdk> | undefined
  let early = begun?.context
  /** Code that does not arrive says nothing about the chat: it is silence, and asked for again next time. */
  const loaded = () =>
    (code ??= load().catch((error: unknown) => {
      code = undefined
      throw new HostError('timeout', `sdk not loaded: ${String(error)}`)
    }))
  const connected = () => (sdk ??= loaded().then((one) => connect(one, boot))).catch(dropped)
  const dropped = (error: unknown): never => {
    sdk = undefined
    throw error
  }

  /** Never hangs, never repeats but for an address that changed under way. */
  async function ask<T>(ms: number, run: (loaded: Sdk) => Promise<T>): Promise<T> {
    const attempt = () => within(ms, connected().then(run))
    try {
      return await attempt()
    } catch (failure) {
      const error = classify(failure)
      if (error.kind !== 'aborted') throw error
      return await attempt().catch((again: unknown) => {
        throw classify(again)
      })
    }
  }

  async function entry(): Promise<string> {
    const context = await ask(PATIENCE_MS, (loaded) => loaded.getContext())
    return context.entry ?? 'normal'
  }

  return {
    entry,
    known: begun?.at && WITH_CUSTOMER.has(begun.at.entry) ? (begun.at.customerId as CustomerId) : null,
    async currentCustomer() {
      const context = early && (await within(PATIENCE_MS, early))
      early = undefined
      const at = context?.entry ?? (await entry())
      if (!WITH_CUSTOMER.has(at)) throw new HostError('wrong_entry', at)
      if (context?.customerId) return context.customerId as CustomerId
      const { userId } = await ask(PATIENCE_MS, (loaded) => loaded.getCurExternalContact())
      if (!userId) throw new HostError('wrong_entry', 'no customer in the answer')
      return userId as CustomerId
    },
    warm: () => void entry().catch(() => undefined), // What is wrong is told when somebody asks.
    openChat: (customerId) =>
      ask(PATIENCE_MS, async (loaded) => void (await loaded.openEnterpriseChat({ externalUserIds: [customerId] }))),
    send: (part) => ask(SEND_PATIENCE_MS, async (loaded) => void (await loaded.sendChatMessage(toMessage(part)))),
  }
}

async function loadSdk(): Promise<Sdk> {
  const { register, getContext, getCurExternalContact, openEnterpriseChat, sendChatMessage, env } =
    await import('@wecom/jssdk')
  return { register, getContext, getCurExternalContact, openEnterpriseChat, sendChatMessage, env }
}

function connect(sdk: Sdk, boot: Boot): Sdk {
  if (!sdk.env.isWeCom) throw new HostError('outside', navigator.userAgent)
  const signature = signer(boot)
  sdk.register({
    corpId: boot.corpId,
    agentId: boot.agentId,
    jsApiList: APIS,
    getAgentConfigSignature: (url) => signature(url, 'agent'),
    getConfigSignature: (url) => signature(url, 'corp'),
  })
  return sdk
}

/** The page came signed for its own address; another address is asked for once, for both kinds together. */
function signer(boot: Boot): (url: string, kind: 'agent' | 'corp') => Signature | Promise<Signature> {
  const asked = new Map<string, Promise<PageSignature>>()
  return (url, kind) => {
    if (boot.signature?.url === url) return boot.signature[kind]
    const signing = asked.get(url) ?? call(signPage, { url })
    asked.set(url, signing)
    return signing.then(
      (signed) => signed[kind],
      (error: unknown) => {
        asked.delete(url)
        throw error
      },
    )
  }
}

const toMessage = (part: OutgoingPart): Parameters<Sdk['sendChatMessage']>[0] => {
  if (part.type === 'text') return { msgtype: 'text', text: { content: part.text } } as never
  if ('mediaId' in part) return { msgtype: part.type, [part.type]: { mediaid: part.mediaId } } as never
  if (part.type === 'miniprogram') {
    const { appid, title, page, imageUrl: imgUrl } = part
    return { msgtype: 'miniprogram', miniprogram: { appid, title, imgUrl, page } } as never
  }
  const { url: link, title, description: desc, imageUrl: imgUrl } = part
  return { msgtype: 'news', news: { link, title, desc, imgUrl } } as never
}

/** The SDK has no time-outs of its own. A late answer finds nobody waiting. */
function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new HostError('timeout', `no answer in ${ms} ms`)), ms)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
