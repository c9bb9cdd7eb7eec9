import { byId } from './dom.js'
import { clampWidth, SIDE_WIDTH } from './options.js'

const STEP = 10
const LEAP = 60

/** The side panel's width: dragged with a pointer or moved with the arrow keys. `changed(px)` is told when it rests. */
export function createSplitter(width, changed) {
  const splitter = byId('splitter')
  let px = width

  function set(next) {
    px = clampWidth(next)
    document.documentElement.style.setProperty('--sb', `${px}px`)
    splitter.setAttribute('aria-valuenow', String(px))
  }

  splitter.setAttribute('aria-valuemin', String(SIDE_WIDTH.min))
  splitter.setAttribute('aria-valuemax', String(SIDE_WIDTH.max))
  splitter.addEventListener('pointerdown', (event) => {
    splitter.setPointerCapture(event.pointerId)
    document.body.classList.add('dragging')
  })
  splitter.addEventListener('pointermove', (event) => {
    if (splitter.hasPointerCapture(event.pointerId)) set(innerWidth - event.clientX)
  })
  splitter.addEventListener('lostpointercapture', () => {
    document.body.classList.remove('dragging')
    changed(px)
  })
  splitter.addEventListener('dblclick', () => {
    set(SIDE_WIDTH.usual)
    changed(px)
  })
  splitter.addEventListener('keydown', (event) => {
    const step = event.shiftKey ? LEAP : STEP
    const next = { ArrowLeft: px + step, ArrowRight: px - step, Home: SIDE_WIDTH.min, End: SIDE_WIDTH.max }[event.key]
    if (next === undefined) return
    event.preventDefault()
    set(next)
    changed(px)
  })
  set(width)
  return { set }
}
