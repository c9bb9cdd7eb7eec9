import type { DraftEvent, DraftMode } from '#shared/drafts.ts'
import { ModelError } from '#server/model/port.ts'
import { Lines, readLine } from './answer.ts'
import { CALLED } from './redact.ts'
import { type Source, tracePersons, traceSentence } from './trace.ts'

/** A draft is a few sentences: a model that goes on and on is stopped. */
const MOST_CHARS = 3000
/** So many more characters are told at once. */
const TELL_CHARS = 12
/** The model's word for having nothing to go by. */
const NOTHING = /^\s*无[。.]?\s*$/

type Told = Exclude<DraftEvent, { type: 'started' | 'failed' }>

/** The model's pieces as events; ends with the first sentence that is not traced. `salutation` takes the place of the blank, once what stands around it is traced; `namesIn`: who of those the caller knows is named in a text. */
export async function* tracedLines(
  pieces: AsyncIterable<string>,
  sources: Source[],
  mode: DraftMode,
  salutation: string,
  namesIn: (text: string) => Promise<string[]>,
): AsyncGenerator<Told> {
  const lines = new Lines()
  const texts: string[] = []
  const used = new Set<string>()
  let [chars, told] = [0, 0]

  async function* read(whole: string[]): AsyncGenerator<Told, boolean> {
    for (const line of whole) {
      if (NOTHING.test(line)) continue
      for (const { text, ids } of readLine(line)) {
        const cited = sources.filter(({ id }) => ids.includes(id))
        const verdict =
          traceSentence(text, cited.length < ids.length ? [] : cited, mode) ?? tracePersons(cited, await namesIn(text))
        if (verdict) {
          yield { type: 'withheld', ...verdict }
          return false
        }
        const words = called(text, salutation)
        for (const id of ids) used.add(id)
        texts.push(words)
        yield { type: 'sentence', text: words, sources: ids }
      }
    }
    return true
  }

  for await (const piece of pieces) {
    chars += piece.length
    if (chars > MOST_CHARS) throw new ModelError('cut', 'too long')
    if (chars - told >= TELL_CHARS) yield { type: 'progress', chars: (told = chars) }
    if (!(yield* read(lines.take(piece)))) return
  }
  if (!(yield* read(lines.end()))) return
  if (texts.length === 0) {
    yield { type: 'withheld', reason: 'nothing', piece: '' }
    return
  }
  const shown = sources.filter(({ id }) => used.has(id)).map(({ id, kind, label }) => ({ id, kind, label }))
  yield { type: 'done', text: mode === 'summary' || mode === 'note' ? texts.join('\n') : inOne(texts), sources: shown }
}

/** One message; a link stands on a line of its own, where a chat makes it one to tap. */
const inOne = (texts: string[]): string =>
  texts.map((text, i) => (i > 0 && text.includes('://') ? `\n${text}` : text)).join('')

/** 〔称呼〕 as the rep calls them; without a word for it, 您 or nothing. */
const called = (text: string, salutation: string): string =>
  salutation !== ''
    ? text.replaceAll(CALLED, salutation)
    : text.replaceAll(new RegExp(`${CALLED}(?=您|你)`, 'g'), '').replaceAll(CALLED, '您')
