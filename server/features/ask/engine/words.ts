const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

/** Words of a normalised text, as Unicode's dictionary cuts Chinese (UAX 29, ICU). */
export const wordsOf = (text: string): string[] =>
  Array.from(segmenter.segment(text), (one) => one.segment).filter((word) => word.trim() !== '')
