/**
 * The first match of `pattern` (without g) that does not stand right behind a character of `before`. Lookbehind says the same, but a browser that does not know it
 * (Safari before 16.4) cannot read a script that holds one.
 */
export function findNotAfter(text: string, pattern: RegExp, before: string): RegExpExecArray | null {
  for (let from = 0; ;) {
    const m = pattern.exec(text.slice(from))
    if (!m) return null
    m.index += from
    if (m.index === 0 || !before.includes(text[m.index - 1]!)) return m
    from = m.index + 1
  }
}

/** Words, and the characters of which none may stand right before them. */
export type NotAfter = [words: RegExp, before: string]

/** All of them in their order, none within another: where each begins and ends. */
export function allNotAfter(text: string, rules: readonly NotAfter[]): { from: number; end: number }[] {
  const found = rules.flatMap(([words, before]) =>
    [...text.matchAll(words)].flatMap(({ index, 0: said }) =>
      index > 0 && before.includes(text[index - 1]!) ? [] : [{ from: index, end: index + said.length }],
    ),
  )
  let reached = 0
  return found
    .sort((a, b) => a.from - b.from || b.end - a.end)
    .filter(({ from, end }) => from >= reached && (reached = end) > 0)
}
