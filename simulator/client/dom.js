const SVG = 'http://www.w3.org/2000/svg'

/**
 * A real element from plain values; text is always text. Keys starting with `on` are listeners; `class`, `role`,
 * `for`, `list` and names with a dash are attributes; the rest are properties. Null and false children are left out.
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag)
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null) continue
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value)
    else if (key === 'class' || key === 'role' || key === 'for' || key === 'list' || key.includes('-'))
      node.setAttribute(key, value)
    else node[key] = value
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false))
  return node
}

export const byId = (id) => document.getElementById(id)

const STROKES = {
  chat: ['M21 11.5a8.5 8.5 0 0 1-12.4 7.5L3 21l2-5.3A8.5 8.5 0 1 1 21 11.5Z'],
  sliders: ['M4 6h9M17 6h3M4 12h3M11 12h9M4 18h9M17 18h3', 'M15 4v4M9 10v4M15 16v4'],
  wrench: ['M14.7 6.3a4 4 0 0 0-5.4 5.2L3 17.8 6.2 21l6.3-6.3a4 4 0 0 0 5.2-5.4l-2.5 2.5-2.6-.6-.6-2.6Z'],
  panel: ['M4 4h16v16H4z', 'M15 4v16'],
  reload: ['M20 11a8 8 0 1 0-2.3 6.3M20 5v6h-6'],
  back: ['M15 5l-7 7 7 7'],
  search: ['M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14Z', 'M20 20l-4-4'],
  close: ['M6 6l12 12M18 6L6 18'],
  link: ['M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-6-6l-1 1', 'M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 6 6l1-1'],
  apps: ['M5 5h5v5H5zM14 5h5v5h-5zM5 14h5v5H5zM14 14h5v5h-5z'],
  check: ['M5 12l5 5 9-10'],
}

/** A decorative line icon; the control around it carries the words. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('class', 'icon')
  svg.setAttribute('aria-hidden', 'true')
  for (const d of STROKES[name]) {
    const path = document.createElementNS(SVG, 'path')
    path.setAttribute('d', d)
    svg.append(path)
  }
  return svg
}

const TINTS = 6

/** A picture, or the first letter of the name on a tint of its own. Only our own origin's pictures are loaded. */
export function avatar(name, picture, size = '') {
  const shown = [...(name || '?').trim()][0] ?? '?'
  const tint = [...(name || '')].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % TINTS
  const box = el('span', { class: `avatar tint-${tint} ${size}`, 'aria-hidden': 'true', 'data-letter': shown })
  if (picture && new URL(picture, location.href).origin === location.origin) {
    const image = el('img', { src: picture, alt: '', onerror: () => image.remove() })
    box.append(image)
  }
  return box
}

/** Choices as native options, the current one selected. */
export function options(choices, current) {
  return choices.map(([value, label]) =>
    el('option', { value, textContent: label, selected: String(value) === String(current) }),
  )
}
