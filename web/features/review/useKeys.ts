import { onScopeDispose } from 'vue'

/** One letter, one act, while nothing is being typed and no sheet is open. */
export function useKeys(acts: (key: string) => (() => void) | undefined): void {
  function pressed(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return
    const at = event.target instanceof Element ? event.target : null
    if (at?.closest('input, textarea, select, [role="dialog"]') || document.querySelector('[role="dialog"]')) return
    const act = acts(event.key.length === 1 ? event.key.toLowerCase() : event.key)
    if (!act) return
    event.preventDefault()
    act()
  }
  window.addEventListener('keydown', pressed)
  onScopeDispose(() => window.removeEventListener('keydown', pressed))
}
