import { avatar, byId, el, icon } from './dom.js'
import { bubble } from './bubbles.js'

const NOTICE_MS = 6000
let noticeTimer

/** Opens a modal of the client; `close(value)` or Escape ends it, and focus goes back where it was. */
export function openDialog({ title, className = '', closed = () => {} }, ...children) {
  const heading = el('h2', { id: 'dialog-title', textContent: title })
  const shut = el(
    'button',
    { type: 'button', class: 'round', 'aria-label': '关闭', onclick: () => dialog.close() },
    icon('close'),
  )
  const dialog = el(
    'dialog',
    { class: className, 'aria-labelledby': 'dialog-title' },
    el('header', { class: 'bar' }, heading, shut),
    ...children,
  )
  const before = document.activeElement
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close())
  dialog.addEventListener('close', () => {
    dialog.remove()
    if (before?.isConnected) before.focus()
    closed(dialog.returnValue)
  })
  document.body.append(dialog)
  dialog.showModal()
  return dialog
}

/** "发送给 …？" → true when the member agrees, false when the dialog is dismissed in any way. */
export function confirmSending(name, body) {
  return new Promise((resolve) => {
    const answer = (value) => () => dialog.close(value)
    const dialog = openDialog(
      { title: `发送给 ${name}？`, className: 'confirm', closed: (value) => resolve(value === 'send') },
      el('div', { class: 'preview', inert: true }, bubble(body, { preview() {} })),
      el(
        'footer',
        {},
        el('button', { type: 'button', class: 'plain', textContent: '取消', onclick: answer('') }),
        el('button', { type: 'button', class: 'main', textContent: '发送', onclick: answer('send'), autofocus: true }),
      ),
    )
  })
}

export function previewImage(src) {
  openDialog({ title: '图片', className: 'image' }, el('img', { src, alt: '聊天里的图片' }))
}

/** The client's own card of a person, as openUserProfile raises it. */
export function showProfile(name, id, picture) {
  openDialog(
    { title: '名片', className: 'profile' },
    el(
      'div',
      { class: 'person' },
      avatar(name, picture, 'big'),
      el('strong', { textContent: name }),
      el('code', { textContent: id }),
    ),
  )
}

/** A sentence at the top of the client for a few seconds. */
export function notice(text) {
  const place = byId('notice')
  place.textContent = text
  clearTimeout(noticeTimer)
  noticeTimer = setTimeout(() => (place.textContent = ''), NOTICE_MS)
}
