import { simplified } from './traditional.ts'

/** A run of letters, digits or Chinese characters; all else (punctuation, emoji, blanks) only separates. */
const SAID = /[\p{L}\p{N}]+/gu

/**
 * One spelling for all: compatibility forms (full width, ligatures) by Unicode NFKC, lower case, traditional characters
 * as simplified ones. Blanks and punctuation become single blanks. Never throws; '' for a text that says nothing.
 */
export const normalise = (text: string): string =>
  (simplified(text.normalize('NFKC').toLowerCase()).match(SAID) ?? []).join(' ')
