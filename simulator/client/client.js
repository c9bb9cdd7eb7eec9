import { appendMessage, becomeMember, getState, listConversations, listMessages } from './api.js'
import { createComposer } from './composer.js'
import { confirmSending, notice, previewImage } from './dialogs.js'
import { byId } from './dom.js'
import { appendToGroup, groupMessages, groupOf, lastOf } from './groups.js'
import { createHost } from './host.js'
import { createLayout } from './layout.js'
import { asChat, createList, stranger } from './list.js'
import { openMemberMenu, showMe } from './members.js'
import { readOptions, writeOptions } from './options.js'
import { createPage } from './page.js'
import { createRelay } from './relay.js'
import { createScenario, enter, follow, needsReload } from './scenario.js'
import { openSettings } from './settings.js'
import { createShows } from './shows.js'
import { createSplitter } from './splitter.js'
import { createTranscript } from './transcript.js'

const REFRESH_MS = 5000
const options = readOptions()
const scenario = createScenario(options)
const calls = []
const messages = []
let corp = null
let me = null
let chats = []
let current = null
let lastSeen

const layout = createLayout(options, () => {
  if (!layout.phone() && !relay.frame) page.load()
})
const splitter = createSplitter(options.sb, (sb) => change({ sb }))
const list = createList({ pick: (chat) => void openChat(chat).catch(complain) })
const transcript = createTranscript({ me: () => me, preview: previewImage })
const composer = createComposer({ say: (from, text) => void say(from, text).catch(complain) })
const show = createShows({ chatOf: (id) => find(id), closePage: () => page.close() })
const host = createHost({
  scenario,
  chat: { deliver, compose, confirm: (body) => confirmSending(current.title, body), show },
})
const relay = createRelay({ slot: byId('slot'), calls, onHello: host.reset, answer: host.answer })
const page = createPage({ options, relay, layout })

const complain = (error) => notice(error.message)

function setContext(chat) {
  current = chat
  composer.turnTo(chat.id)
  enter(scenario, chat)
  options.entry = scenario.entry
  options.customer = chat.id
  writeOptions(options)
  byId('title').textContent = chat.title
  byId('subtitle').textContent = [chat.tag, chat.note].filter(Boolean).join(' · ')
}

const messagesOf = async (chat) => (chat.group ? groupMessages(me.userid) : listMessages(me.userid, chat.id))

/** Opens a conversation: the page gets a new context by being loaded anew, or keeps running when `reload` is false. */
async function openChat(chat, { reload = options.reload === 1 } = {}) {
  setContext(chat)
  list.show(chats, chat.id)
  if (layout.screen === 'list') layout.screen = 'chat'
  if (page.shown()) {
    if (reload || !relay.frame) page.load()
    else page.nudge()
  }
  const said = await messagesOf(chat)
  if (current !== chat) return
  lastSeen = said.at(-1)?.id
  transcript.show(chat, said)
}

async function append(from, body, by, enterChat = false) {
  const chat = current
  const message = chat.group
    ? appendToGroup(me.userid, from, body)
    : await appendMessage(me.userid, chat.id, from, body)
  const { msgtype, ...rest } = body
  messages.push({ msgtype, body: Object.values(rest)[0], by, enterChat, userid: me.userid, externalUserid: chat.id })
  if (current === chat) {
    lastSeen = message.id
    transcript.add(message)
  }
  void refreshList().catch(complain)
}

const say = (from, content) => append(from, { msgtype: 'text', text: { content } }, from)

async function deliver(body, enterChat) {
  await append('member', body, 'page', enterChat)
  if (enterChat) setTimeout(page.close, 0)
  else if (layout.phone()) notice('已放进聊天')
}

function compose(text) {
  composer.fill(text)
  if (layout.phone()) setTimeout(page.close, 0)
}

async function refreshList() {
  const rows = await listConversations(me.userid)
  const group = { ...groupOf(me), last: lastOf(groupMessages(me.userid)) }
  chats = [group, ...rows.map(asChat)].sort((a, b) => (b.last?.at ?? 0) - (a.last?.at ?? 0))
  list.show(chats, current?.id)
}

/** What others did meanwhile: a customer who wrote, one who was added or lost on the control page. */
async function refresh() {
  if (document.hidden || !current) return
  await refreshList()
  const chat = current
  const said = await messagesOf(chat)
  if (current !== chat || said.at(-1)?.id === lastSeen) return
  lastSeen = said.at(-1)?.id
  transcript.show(chat, said)
}

/** Hands the client to another member; the framed page starts over under their cookies. */
async function become(userid, customer = '') {
  await becomeMember(userid)
  me = corp.members.find((member) => member.userid === userid)
  options.member = userid
  showMe(me)
  relay.unload()
  current = null
  await refreshList()
  const wanted = scenario.entry === 'group_chat_tools' ? first(true) : (find(customer) ?? first(false) ?? first(true))
  if (layout.phone() && !customer) {
    setContext(wanted)
    layout.screen = 'list'
    options.customer = ''
    writeOptions(options)
    return
  }
  await openChat(wanted)
  list.reveal()
}

const first = (group) => chats.find((chat) => chat.group === group)
const find = (id) => chats.find((chat) => chat.id === id)

function change(patch) {
  Object.assign(options, patch)
  follow(scenario, patch)
  writeOptions(options)
  if ('sb' in patch) splitter.set(options.sb)
  if (!needsReload(patch)) return
  layout.apply()
  const group = scenario.entry === 'group_chat_tools'
  if (group !== current.group) void openChat(first(group) ?? current).catch(complain)
  else page.renew()
}

function listen() {
  const on = (id, action) => byId(id).addEventListener('click', action)
  on('me', () => openMemberMenu({ ...corp, me: me.userid, choose: (userid) => void become(userid).catch(complain) }))
  on('rail-settings', () =>
    openSettings({ options, change, faultsChanged: () => writeOptions(options), reloadPage: page.renew }),
  )
  on('page-reload', page.load)
  on('open-page', page.open)
  on('page-back', () => void page.back())
  on('to-list', () => (layout.screen = 'list'))
  setInterval(() => void refresh().catch(complain), REFRESH_MS)
}

async function start() {
  corp = await getState()
  scenario.corpId = corp.corpId
  scenario.agentId = String(corp.agentId)
  const known = (userid) => corp.members.some((member) => member.userid === userid)
  const who = [options.member, corp.me].find((userid) => userid && known(userid)) ?? corp.members[0].userid
  await become(who, options.customer)
  listen()
  if (options.open === 1 && layout.phone()) page.open()
}

window.__sim = {
  calls,
  messages,
  scenario,
  faults: options.faults,
  options,
  change,
  emit: relay.emit,
  openPage: page.open,
  closePage: page.close,
  become,
  switchChat: ({ externalUserid, reload }) => openChat(find(externalUserid) ?? stranger(externalUserid), { reload }),
  get frame() {
    return relay.frame
  },
  get sid() {
    return relay.sid
  },
  ready: start(),
}
window.__sim.ready.catch(complain)
