import { call, listConversations } from './api.js'
import { memberOptions } from './control-lists.js'
import { el, options } from './dom.js'

let forms = 0

/** What a form holds: empty fields are left out, numbers are numbers, `list` fields are split at commas. */
function read(fields, controls) {
  const values = {}
  for (const { name, type } of fields) {
    const control = controls[name]
    if (type === 'check') values[name] = control.checked
    else if (control.value.trim() !== '') {
      const text = control.value.trim()
      if (type === 'number') values[name] = Number(text)
      else if (type === 'list') values[name] = text.split(/[,，\s]+/).filter(Boolean)
      else values[name] = text
    }
  }
  return values
}

function control(field, id, members) {
  const { type, choices, list, value = '', required = false } = field
  if (type === 'member') return el('select', { id, 'data-members': '' }, memberOptions(members, value))
  if (type === 'customer') return el('select', { id, required: true })
  if (type === 'choice') return el('select', { id }, options(choices, value))
  if (type === 'check') return el('input', { id, type: 'checkbox', checked: value === true })
  const { min, max, step, placeholder } = field
  return el('input', {
    id,
    type: type === 'number' ? 'number' : 'text',
    list,
    value,
    required,
    min,
    max,
    step,
    placeholder,
  })
}

const labelled = ({ label, type }, id, node) =>
  type === 'check'
    ? el('label', { class: 'switch', for: id }, node, el('span', { textContent: label }))
    : el('label', { class: 'field', for: id }, el('span', { textContent: label }), node)

/** A member's customers, in the select beside the member's. */
async function fillCustomers(select, userid) {
  const rows = await listConversations(userid)
  select.replaceChildren(
    ...options(
      rows.map((row) => [row.externalUserid, row.remark || row.name]),
      select.value,
    ),
  )
}

/**
 * One action of the control API as a form. `{title, hint, path, method = 'POST', fields = [], body?, button}`;
 * `body(values)` shapes what is sent. The answer is shown under the button; `done()` follows a success.
 */
export function actionForm(action, { members, done }) {
  const { title, hint, path, method = 'POST', fields = [], body = (values) => values, button = '执行' } = action
  const id = (name) => `act-${number}-${name}`
  const number = ++forms
  const result = el('p', { class: 'result', role: 'status' })
  const controls = {}
  const rows = fields.map((field) => {
    const node = control(field, id(field.name), members)
    controls[field.name] = node
    return labelled(field, id(field.name), node)
  })
  const tell = (text, failed) => {
    result.textContent = text
    result.classList.toggle('failed', failed)
  }

  async function submit(event) {
    event.preventDefault()
    tell('…', false)
    try {
      const sent = method === 'DELETE' ? undefined : body(read(fields, controls))
      const answer = await call(method, path, sent)
      tell(`已完成 ${answer === null ? '' : JSON.stringify(answer).slice(0, 200)}`, false)
      if (controls.externalUserid) await fillCustomers(controls.externalUserid, controls.userid.value)
      done()
    } catch (error) {
      tell(error.message, true)
    }
  }

  if (controls.externalUserid) {
    const fill = () =>
      fillCustomers(controls.externalUserid, controls.userid.value).catch((error) => tell(error.message, true))
    controls.userid.addEventListener('change', fill)
    void fill()
  }
  return el(
    'form',
    { class: 'act', 'data-path': path, onsubmit: submit },
    el('h3', { textContent: title }),
    hint ? el('p', { class: 'hint', textContent: hint }) : null,
    rows,
    el('button', { type: 'submit', class: 'main', textContent: button }),
    result,
  )
}
