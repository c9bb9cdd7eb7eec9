import type { PictureName } from '../pictures/pictures.ts'

/** One line of the library as it was written. */
export interface Written {
  folder: string | null
  title: string
  text: string
  picture?: PictureName
  link?: { url: string; title: string; description: string }
}

/** Reads `# folder` and `title｜text｜图 …` lines; throws on a line that is neither. */
export function parseLibrary(source: string): Written[] {
  let folder: string | null = null
  const replies: Written[] = []
  for (const line of source.trim().split('\n')) {
    if (line.startsWith('# ')) folder = line.slice(2)
    else replies.push(readLine(folder, line))
  }
  return replies
}

function readLine(folder: string | null, line: string): Written {
  const [title, text, more] = line.split('｜')
  if (!title || !text) throw new Error(`not a reply: ${line}`)
  const written: Written = { folder, title, text }
  if (more?.startsWith('图 ')) return { ...written, picture: more.slice(2) as PictureName }
  if (!more) return written
  const [, url = '', name = '', ...words] = more.split(' ')
  return { ...written, link: { url, title: name, description: words.join(' ') } }
}
