const UNIT = /[a-z0-9]+|[^\sa-z0-9]/g

/** The characters of a normalised text; a Latin word or a number is one. */
export const unitsOf = (text: string): string[] => text.match(UNIT) ?? []

/**
 * Pairs and triples of neighbours and skip-bigrams (two characters with one between them), which survive an inserted or a
 * mistyped character. Each kind has its own mark, so that 退货 and 退…货 are counted apart.
 */
export const gramsOf = (units: readonly string[]): string[] =>
  units.flatMap((unit, at) => {
    const [next, third] = [units[at + 1], units[at + 2]]
    if (next === undefined) return []
    const pair = `${unit}+${next}`
    return third === undefined ? [pair] : [pair, `${pair}+${third}`, `${unit}~${third}`]
  })
