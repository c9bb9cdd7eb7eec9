/** A sentence of the model's, and the ids it cites. */
export interface Cited {
  text: string
  ids: string[]
}

const IDS = /(?:\s*\[\s*[A-Z]\d{1,2}(?:\s*[,，、\][]+\s*[A-Z]\d{1,2})*\s*\]\s*)+/g
const ID = /[A-Z]\d{1,2}/g

/** One whole line of an answer: what stands before each group of ids leans on that group; what has none behind it cites nothing. */
export function readLine(line: string): Cited[] {
  const cited: Cited[] = []
  let from = 0
  for (const group of line.matchAll(IDS)) {
    const text = line.slice(from, group.index).trim()
    const ids = [...new Set(group[0].match(ID) ?? [])]
    from = group.index + group[0].length
    // A full stop behind the ids belongs to the sentence before them.
    const stop = /^[。！？!?～~；;，,]+/.exec(line.slice(from))?.[0] ?? ''
    from += stop.length
    if (text !== '') cited.push({ text: /[。！？!?～~；;，,]$/.test(text) ? text : text + stop, ids })
    else if (cited.length > 0) cited.at(-1)!.ids.push(...ids)
  }
  const rest = line.slice(from).trim()
  if (rest !== '') cited.push({ text: rest, ids: [] })
  return cited
}

/** Cuts what comes in pieces into whole lines. */
export class Lines {
  private rest = ''
  take(piece: string): string[] {
    const lines = (this.rest + piece).split('\n')
    this.rest = lines.pop() ?? ''
    return lines
  }
  end(): string[] {
    return [this.rest]
  }
}
