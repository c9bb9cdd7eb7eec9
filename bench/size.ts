import { existsSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { type Figures, round } from './lib/table.ts'

interface Chunk {
  file: string
  imports?: string[]
  css?: string[]
}

const DIST = 'dist/web'

/** Bytes a browser must have before the card can be painted (what the page names, what that imports statically, their CSS), and the whole, gzip -9. */
export function firstLoad(): { file: string; gzip: number; first: boolean }[] {
  if (!existsSync(`${DIST}/.vite/manifest.json`)) throw new Error('no built pages: run npm run build first')
  const manifest = JSON.parse(readFileSync(`${DIST}/.vite/manifest.json`, 'utf8')) as Record<string, Chunk>
  const chunks = Object.values(manifest)
  const first = new Set<string>()
  const visit = (file: string) => {
    if (first.has(file)) return
    first.add(file)
    const chunk = chunks.find((one) => one.file === file)
    for (const css of chunk?.css ?? []) first.add(css)
    for (const next of chunk?.imports ?? []) visit(manifest[next]!.file)
  }
  const named = readFileSync(`${DIST}/sidebar.html`, 'utf8').matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)
  for (const [, file = ''] of named) visit(file)
  const files = new Set(chunks.flatMap((c) => [c.file, ...(c.css ?? [])]))
  return [...files]
    .filter((file) => /\.(js|css)$/.test(file))
    .map((file) => ({
      file,
      gzip: gzipSync(readFileSync(`${DIST}/${file}`), { level: 9 }).length,
      first: first.has(file),
    }))
}

export async function measure(): Promise<Figures[]> {
  const files = firstLoad()
  const sum = (some: typeof files) => round(some.reduce((n, f) => n + f.gzip, 0) / 1000, 1)
  return [
    {
      name: 'size',
      about: 'JavaScript and CSS of the sidebar, kB gzip -9',
      rows: [
        ...files
          .sort((a, b) => b.gzip - a.gzip)
          .map((f) => ({
            file: f.file,
            'kB gzip': round(f.gzip / 1000, 1),
            when: f.first ? 'before the card' : 'later',
          })),
        {
          file: 'all before the card (budget 80)',
          'kB gzip': sum(files.filter((f) => f.first)),
          when: 'before the card',
        },
        { file: 'all', 'kB gzip': sum(files), when: '' },
      ],
    },
  ]
}
