/** Moves the focus to the next (1) or previous (-1) button within `area`; from outside, 1 enters at the first. False at an end. */
export function stepFocus(area: HTMLElement | null, step: number): boolean {
  const buttons = [...(area?.querySelectorAll('button') ?? [])]
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
  const next = buttons[at < 0 ? 0 : at + step]
  next?.focus()
  return next !== undefined
}
