import { call, getState } from './api.js'
import { ACTIONS } from './control-actions.js'
import { actionForm } from './control-form.js'
import { offerFixed, offerMembers, offerTags } from './control-lists.js'
import { CALL_COLUMNS, DELIVERY_COLUMNS, drawTable, troubles } from './control-tables.js'
import { byId, el } from './dom.js'

const POLL_MS = 2000
const drawn = new Map()
let calls = []

const lost = (error) => (byId('lost').textContent = error.message)

/** Redraws only what changed, so that a selection or a scroll position survives the polling. */
function onChange(key, value, draw) {
  const text = JSON.stringify(value)
  if (drawn.get(key) === text) return
  drawn.set(key, text)
  draw()
}

function drawCalls() {
  const wanted = byId('calls-filter').value.trim()
  const shown = calls.filter((record) => `${record.path} ${record.errcode ?? ''}`.includes(wanted))
  byId('calls-count').textContent = `共 ${calls.length} 次`
  drawTable(byId('calls'), shown, CALL_COLUMNS, ({ errcode }) => Boolean(errcode))
}

function drawDeliveries(deliveries) {
  byId('deliveries-count').textContent = `共 ${deliveries.length} 次`
  drawTable(byId('deliveries'), deliveries, DELIVERY_COLUMNS, ({ outcome }) => outcome !== 'delivered')
}

function drawFaults(active) {
  const lines = troubles(active).map((textContent) => el('li', { textContent }))
  byId('active-faults').replaceChildren(
    ...(lines.length ? lines : [el('li', { class: 'none', textContent: '没有，一切照常' })]),
  )
}

async function poll() {
  if (document.hidden) return
  try {
    const [latest, deliveries, active] = await Promise.all([
      call('GET', '/calls'),
      call('GET', '/callbacks'),
      call('GET', '/faults'),
    ])
    calls = latest
    onChange('calls', calls, drawCalls)
    onChange('deliveries', deliveries, () => drawDeliveries(deliveries))
    onChange('faults', active, () => drawFaults(active))
    byId('lost').textContent = ''
  } catch (error) {
    lost(error)
  }
}

/** Whoever left and whatever tag is new shows in every form at once. */
async function catchUp() {
  const { members, tagGroups } = await getState()
  offerTags(tagGroups)
  offerMembers(members)
  await poll()
}

async function start() {
  document.documentElement.dataset.theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  const { corpName, corpId, members } = await getState()
  byId('corp').textContent = `${corpName} · ${corpId}`
  offerFixed()
  const done = () => void catchUp().catch(lost)
  for (const [section, actions] of Object.entries(ACTIONS)) {
    const cards = document.querySelector(`[data-cards="${section}"]`)
    cards.append(...actions.map((action) => actionForm(action, { members, done })))
  }
  byId('calls-filter').addEventListener('input', drawCalls)
  byId('calls-clear').addEventListener('click', () => void call('DELETE', '/calls').then(poll).catch(lost))
  setInterval(() => void poll(), POLL_MS)
  await catchUp()
}

start().catch(lost)
