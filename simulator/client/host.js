import { verifySignature } from './api.js'
import { readMessage } from './message-rules.js'

const WITH_CONTACT = ['single_chat_tools', 'contact_profile', 'single_kf_tools']
const WITH_CHAT = ['single_chat_tools', 'group_chat_tools', 'chat_attachment', 'single_kf_tools']
const NO_CONTEXT = 'without context of external contact'
const HELP = 'more info at https://open.work.weixin.qq.com/devtool/query'

/** Usable only with the application's identity, that is after agentConfig, and only where its jsApiList names them. */
const NEED_AGENT = new Set(
  `getContext getCurExternalContact getCurExternalChat sendChatMessage selectExternalContact openUserProfile
  openEnterpriseChat openExistedChatWithMsg navigateToAddCustomer shareToExternalContact shareToExternalChat
  hideChatAttachmentMenu`.split(/\s+/),
)

const ok = (name, extra = {}) => ({ err_msg: `${name}:ok`, ...extra })
const fail = (name, why) => ({ err_msg: `${name}:fail_${why}` })

/**
 * The rules a client answers its sidebar pages by. `scenario` is read anew on every call, so that it can be changed
 * while a page is open; `chat` puts messages where they belong: `deliver(message, enterChat)`, `compose(text)`,
 * `confirm(message)` and `show(name, params)` for what a client merely displays.
 */
export function createHost({ scenario, chat }) {
  let document = {}

  /** A new document starts with no identity at all, however much its predecessor had. */
  const reset = () => (document = { agent: false, allowed: new Set() })
  reset()

  async function config(params, url) {
    const { verifyNonceStr: nonceStr, verifyTimestamp: timestamp, verifySignature: signature } = params
    const verdict = await verifySignature({ kind: 'config', nonceStr, timestamp, signature, url })
    return verdict.ok ? ok('preVerifyJSAPI') : fail('preVerifyJSAPI', verdict.why)
  }

  async function agentConfig(params, url) {
    const mine = document
    const { corpid, agentid, nonceStr, timestamp, signature, jsApiList = [] } = params
    if (corpid !== scenario.corpId) return fail('agentConfig', `invalid corpId ${HELP}?e=40013`)
    if (agentid !== scenario.agentId) return fail('agentConfig', `invalid agentid ${HELP}?e=40056`)
    const verdict = await verifySignature({ kind: 'agentConfig', nonceStr, timestamp, signature, url, corpid, agentid })
    if (!verdict.ok) return fail('agentConfig', verdict.why)
    mine.agent = true
    mine.allowed = new Set(jsApiList)
    return ok('agentConfig', { checkResult: known(jsApiList) })
  }

  async function sendChatMessage(params) {
    const name = 'sendChatMessage'
    if (!WITH_CHAT.includes(scenario.entry)) return fail(name, NO_CONTEXT)
    const { message, refusal } = await readMessage(params)
    if (refusal) return fail(name, refusal)
    if (scenario.sendMode === 'composer' && message.msgtype === 'text') {
      chat.compose(message.text.content)
      return ok(name)
    }
    if (scenario.sendMode === 'confirm' && !(await chat.confirm(message))) return { err_msg: `${name}:cancel` }
    await chat.deliver(message, params.enterChat === true)
    return ok(name)
  }

  const shown = (name, extra) => (params) => {
    chat.show(name, params)
    return ok(name, extra)
  }

  const handlers = {
    preVerifyJSAPI: config,
    agentConfig,
    sendChatMessage,
    getContext: () => ok('getContext', { entry: scenario.entry }),
    getCurExternalContact: () =>
      WITH_CONTACT.includes(scenario.entry) && scenario.externalUserId
        ? ok('getCurExternalContact', { userId: scenario.externalUserId })
        : fail('getCurExternalContact', NO_CONTEXT),
    getCurExternalChat: () =>
      scenario.entry === 'group_chat_tools'
        ? ok('getCurExternalChat', { chatId: scenario.chatId })
        : fail('getCurExternalChat', NO_CONTEXT),
    selectExternalContact: () =>
      scenario.selectResult
        ? ok('selectExternalContact', { userIds: scenario.selectResult })
        : { err_msg: 'selectExternalContact:cancel' },
    checkJsApi: (params) => ok('checkJsApi', { checkResult: JSON.stringify(known(params.jsApiList ?? [])) }),
    geoLocation: ({ type }) => ok('geoLocation', { latitude: 31.22, longitude: 121.45, speed: 0, accuracy: 30, type }),
    getNetworkType: () => ({ err_msg: 'network_type:wifi' }),
    imagePreview: shown('imagePreview'),
    openUserProfile: shown('openUserProfile'),
    openEnterpriseChat: shown('openEnterpriseChat'),
    openDefaultBrowser: shown('openDefaultBrowser'),
    setClipboardData: shown('setClipboardData'),
    closeWindow: shown('closeWindow'),
    hideOptionMenu: shown('hideOptionMenu'),
    showOptionMenu: shown('showOptionMenu'),
    hideChatAttachmentMenu: shown('hideChatAttachmentMenu'),
  }
  const known = (names) => Object.fromEntries(names.map((name) => [name, Object.hasOwn(handlers, name)]))

  /** The raw reply to one call, or undefined where the client stays silent. */
  async function answer({ name, params, url }) {
    const asked = document
    const fault = scenario.faults[name]
    if (fault === 'hang') return undefined
    if (scenario.latency > 0) await new Promise((resolve) => setTimeout(resolve, scenario.latency))
    if (asked !== document) return undefined
    if (fault) return fault
    if (!Object.hasOwn(handlers, name)) return { err_msg: 'system:function_not_exist' }
    if (NEED_AGENT.has(name) && !(document.agent && document.allowed.has(name))) return fail(name, 'no permission')
    try {
      return await handlers[name](params, url)
    } catch (error) {
      chat.show('fault', { error })
      return fail(name, 'system error')
    }
  }

  return { answer, reset }
}
