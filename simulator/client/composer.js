import { byId } from './dom.js'

/** The input under a chat. `say(from, text)` is told what to append, from 'member' or 'customer'. */
export function createComposer({ say }) {
  const form = byId('composer')
  const draft = byId('draft')
  const asCustomer = byId('as-customer')

  const drafts = new Map()
  let chat = ''

  const label = () => {
    draft.placeholder = asCustomer.checked ? '以客户身份说一句…' : '输入消息…'
    form.classList.toggle('as-customer', asCustomer.checked)
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const text = draft.value
    if (!text.trim()) return
    draft.value = ''
    say(asCustomer.checked ? 'customer' : 'member', text)
  })
  draft.addEventListener('keydown', (event) => {
    // Enter that ends an input method's composition picks a word; it does not send.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    form.requestSubmit()
  })
  asCustomer.addEventListener('change', label)
  label()

  return {
    /** What a page handed over in composer mode: it waits here for the member to press Enter. */
    fill(text) {
      asCustomer.checked = false
      label()
      draft.value += text
      draft.focus()
    },
    /** Every chat keeps its own unsent text. */
    turnTo(id) {
      drafts.set(chat, draft.value)
      chat = id
      draft.value = drafts.get(id) ?? ''
    },
  }
}
