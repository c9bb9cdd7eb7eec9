import { avatar, byId, el } from './dom.js'
import { summary } from './message-rules.js'
import { listTime } from './time.js'

/** One entry of GET /conversations as the client shows it: remark before nickname, and where the customer comes from. */
export function asChat(row) {
  return {
    id: row.externalUserid,
    group: false,
    title: row.remark || row.name,
    tag: row.type === 2 ? `@${row.corpName || '企业微信'}` : '@微信',
    wecom: row.type === 2,
    note: row.remark && row.remark !== row.name ? `昵称：${row.name}` : '',
    avatar: row.avatar,
    last: row.last,
  }
}

/** Somebody this member has no conversation with: a page must cope with them all the same. */
export const stranger = (id) => ({ id, group: false, title: id, tag: '', note: '', avatar: '' })

/** `last.text` is plain in the API; a message body is told in one line. */
const lastLine = (last) => (last ? (typeof last.text === 'string' ? last.text : summary(last.body)) : '')

/** The conversation list: `show(chats, currentId)` draws it, `pick(chat)` is told which one was chosen. */
export function createList({ pick }) {
  const rows = byId('rows')
  const search = byId('search')
  const found = byId('found')
  let chats = []
  let current = ''

  const row = (chat) =>
    el(
      'li',
      {},
      el(
        'button',
        {
          type: 'button',
          class: 'row',
          'data-id': chat.id,
          'aria-current': chat.id === current ? 'true' : undefined,
          onclick: () => pick(chat),
        },
        avatar(chat.title, chat.avatar),
        el(
          'span',
          { class: 'line' },
          el('span', { class: 'name', textContent: chat.title }),
          el('span', { class: chat.wecom ? 'from wecom' : 'from', textContent: chat.tag }),
          el('time', { textContent: chat.last ? listTime(chat.last.at) : '' }),
        ),
        el('span', { class: 'last', textContent: lastLine(chat.last) }),
      ),
    )

  function draw() {
    const wanted = search.value.trim().toLowerCase()
    const shown = chats.filter((chat) =>
      [chat.title, chat.note, chat.tag, lastLine(chat.last)].join('\n').toLowerCase().includes(wanted),
    )
    const focused = document.activeElement?.closest('.row')?.dataset.id
    rows.replaceChildren(...shown.map(row))
    found.textContent = shown.length ? '' : wanted ? '没有找到会话' : '还没有会话'
    if (focused) rowOf(focused)?.focus()
  }

  const rowOf = (id) => [...rows.querySelectorAll('.row')].find((button) => button.dataset.id === id)

  function walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    const buttons = [...rows.querySelectorAll('.row')]
    buttons[buttons.indexOf(document.activeElement) + step]?.focus()
  }

  search.addEventListener('input', draw)
  search.addEventListener('keydown', walk)
  rows.addEventListener('keydown', walk)

  function show(next, currentId) {
    chats = next
    current = currentId
    draw()
  }
  const reveal = () => rowOf(current)?.scrollIntoView({ block: 'nearest' })
  return { show, reveal }
}
