import { setTimeout as pause } from 'node:timers/promises'
import type { Ask, Model } from './port.ts'

const DATA = /<data id="([A-Z]\d+)" kind="(\w+)">([^<]*)<\/data>/g
const TASK = /^任务 (\w+)：/
const PIECE = 9

interface Block {
  id: string
  kind: string
  sentences: string[]
}

/**
 * A model in a few lines, for the demo and the tests: reads the marked data and answers in the asked form, always the same for the same ask. `paceMs` between two pieces.
 * It is as good as the library: it words nothing that is not there.
 */
export function scripted({ paceMs = 0 }: { paceMs?: number } = {}): Model {
  return {
    kind: 'scripted',
    async *write({ user, signal }: Ask) {
      const answer = compose(TASK.exec(user)?.[1] ?? '', [...user.matchAll(DATA)].map(blockOf))
      for (let at = 0; at < answer.length; at += PIECE) {
        if (paceMs > 0) await pause(paceMs, undefined, { signal })
        signal.throwIfAborted()
        yield answer.slice(at, at + PIECE)
      }
    },
  }
}

/** Sentences that hold a blank of something taken out are left alone. */
const blockOf = ([, id = '', kind = '', text = '']: RegExpMatchArray): Block => ({
  id,
  kind,
  sentences: (text.match(/[^。！？!?；;～]+[。！？!?；;～]*/g) ?? [])
    .map((one) => one.trim())
    .filter((one) => one !== '' && !one.replaceAll(CALLED, '').includes('〔')),
})

const CALLED = '〔称呼〕'
const line = (text: string, id: string): string => `${text}[${id}]`
const called = (text: string): string => (text.includes(CALLED) ? text : `${CALLED}，${text}`)

function compose(task: string, blocks: Block[]): string {
  const of = (kind: string) => blocks.filter((block) => block.kind === kind)
  const own = blocks.find(({ id }) => id !== 'C1')
  const said = (lines: string[]) => (lines.length > 0 ? lines.join('\n') : '无')
  const each = (block: Block | undefined, word: (text: string, nth: number, all: string[]) => string) =>
    said((block?.sentences ?? []).map((text, nth, all) => line(word(text, nth, all), block!.id)))
  switch (task) {
    case 'draft':
      return each(of('reply')[0], (text, nth) => (nth === 0 ? called(text) : text))
    case 'polish':
      return each(own, (text) => text.replaceAll('你', '您').replaceAll(/\s+/g, ''))
    case 'shorten':
      return said(
        (own?.sentences ?? [])
          .slice(0, Math.max(1, Math.floor((own?.sentences.length ?? 0) / 2)))
          .map((text) => line(text, own!.id)),
      )
    case 'warmer':
      return each(own, (text, nth, all) =>
        nth === all.length - 1 ? warm(calledFirst(text, nth)) : calledFirst(text, nth),
      )
    case 'summary':
      return said(
        blocks.flatMap(({ id, kind, sentences }) =>
          sentences.slice(0, kind === 'note' ? 2 : 1).map((text) => line(text, id)),
        ),
      )
    default:
      return each(own, (text) => text)
  }
}

const calledFirst = (text: string, nth: number): string => (nth === 0 ? called(text) : text)
const warm = (text: string): string => `${text.replace(/[。！!；;～]+$/, '')}～`
