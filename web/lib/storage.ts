/** localStorage where the client allows it: in some frames merely touching it throws. Nothing here may be the only copy of anything. */
export function readStored<T>(key: string): T | undefined {
  try {
    const text = localStorage.getItem(key)
    return text === null ? undefined : (JSON.parse(text) as T)
  } catch (error) {
    return unavailable(error)
  }
}

/** Stores a value, or removes it when undefined; false when the client refuses. */
export function store(key: string, value: unknown): boolean {
  try {
    if (value === undefined) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(value))
    return true
  } catch (error) {
    unavailable(error)
    return false
  }
}

/** Full, forbidden or damaged storage is as good as none; anything else is a mistake of ours. */
function unavailable(error: unknown): undefined {
  if (error instanceof DOMException || error instanceof SyntaxError) return undefined
  throw error
}
