/** What the framed page can only learn by being loaded anew. */
const RELOADING = new Set(['device', 'scheme', 'lang', 'bridge', 'bridgeDelay', 'h5', 'entry'])
const LIVE = ['entry', 'sendMode', 'latency']

/** What the host answers by; tests may change any of it while a page is open. */
export function createScenario(options) {
  const { entry, sendMode, latency, faults } = options
  return { corpId: '', agentId: '', externalUserId: '', chatId: '', chatName: '', entry, sendMode, latency, faults }
}

export const needsReload = (patch) => Object.keys(patch).some((key) => RELOADING.has(key))

/** Copies what a change of the options means for the host at once. */
export function follow(scenario, patch) {
  for (const key of LIVE) if (key in patch) scenario[key] = patch[key]
}

/** Puts one chat in front of the page; a group has another entry than a single chat. */
export function enter(scenario, chat) {
  scenario.externalUserId = chat.group ? '' : chat.id
  scenario.chatId = chat.group ? chat.id : ''
  scenario.chatName = chat.title
  if (chat.group === (scenario.entry === 'group_chat_tools')) return
  scenario.entry = chat.group ? 'group_chat_tools' : 'single_chat_tools'
}
