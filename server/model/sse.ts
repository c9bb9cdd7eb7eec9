/**
 * The `data:` of each event of a text/event-stream (WHATWG HTML §9.2), whatever way its bytes were cut: in a line, in a character, between CR and LF.
 * Comments and other fields are skipped; an event the stream ends in is not whole and is left out, except that many endpoints forget the blank line after the last.
 */
export async function* eventsOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  let data: string[] = []
  for await (const chunk of bytes) {
    rest += decoder.decode(chunk, { stream: true })
    // A CR at the very end may be half of a CRLF.
    const lines = rest.split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line === '' && data.length > 0) yield data.splice(0).join('\n')
      data = data.concat(dataOf(line))
    }
  }
  data = data.concat(dataOf((rest + decoder.decode()).replace(/\r$/, '')))
  if (data.length > 0) yield data.join('\n')
}

const dataOf = (line: string): string[] => (/^data(:|$)/.test(line) ? [line.slice(5).replace(/^ /, '')] : [])
