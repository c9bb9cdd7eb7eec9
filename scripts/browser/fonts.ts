import { spawnSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { installWithApt } from './debian.ts'
import { installInCache } from './npm-cache.ts'

/**
 * Without a font that has them, Chinese characters are empty boxes in screenshots and have the wrong width in tests.
 * Linux only: the other systems come with some. Tries npm's font, which needs no rights, then Debian's.
 */
export async function ensureChineseGlyphs(): Promise<void> {
  if (process.platform !== 'linux' || process.env['FONTCONFIG_FILE'] || systemHasThem()) return
  if (useNpmFont() || installWithApt(['fonts-noto-cjk'])) return
  process.stderr.write(
    'no Chinese font could be installed: screenshots will show boxes (apt-get install fonts-noto-cjk)\n',
  )
}

/** fc-list may be missing where the fonts are not, so the usual folders are looked through as well. */
function systemHasThem(): boolean {
  const listed = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' })
  if (listed.status === 0) return listed.stdout.trim() !== ''
  const known = /noto.*(cjk|sc)|wqy|source-?han|droid.*fallback|uming|ukai/i
  return ['/usr/share/fonts', '/usr/local/share/fonts'].some((folder) =>
    filesIn(folder).some((name) => known.test(name)),
  )
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
  } catch {
    return [] // no such folder: no fonts
  }
}

/** Points fontconfig, which the browser carries, at the font beside what the system has. */
function useNpmFont(): boolean {
  const folder = installInCache('@expo-google-fonts/noto-sans-sc', '0.4.3', '90 MB')
  if (!folder) return false
  const file = join(folder, 'fonts.conf')
  const fonts = join(folder, 'node_modules/@expo-google-fonts/noto-sans-sc')
  writeFileSync(
    file,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${fonts}</dir>
  <cachedir>${join(folder, 'cache')}</cachedir>
  <alias><family>sans-serif</family><prefer><family>Noto Sans SC</family></prefer></alias>
</fontconfig>
`,
  )
  process.env['FONTCONFIG_FILE'] = file
  return true
}
