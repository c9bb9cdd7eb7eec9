import { accessSync, constants, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { installWithApt } from './browser/debian.ts'
import { ensureChineseGlyphs } from './browser/fonts.ts'
import { npmChromium } from './browser/npm-chromium.ts'

export interface FoundBrowser {
  executablePath: string
  args: string[]
  source: 'BROWSER_PATH' | 'installed' | 'npm' | 'apt'
}

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--force-color-profile=srgb',
  '--font-render-hinting=none',
]

/**
 * A Chromium for the browser tests: BROWSER_PATH, else an installed Chrome, Chromium or Edge, else the one npm ships (Linux
 * x64), else Debian's. On Linux it also sees to Chinese glyphs, setting FONTCONFIG_FILE of this process when it must.
 */
export async function findBrowser(): Promise<FoundBrowser> {
  const found = await search()
  await ensureChineseGlyphs()
  return found
}

async function search(): Promise<FoundBrowser> {
  const wanted = process.env['BROWSER_PATH']
  if (wanted) {
    if (!runnable(wanted)) throw new Error(`BROWSER_PATH is set but cannot be run: ${wanted}`)
    return { executablePath: wanted, args: ARGS, source: 'BROWSER_PATH' }
  }
  const installed = places().find(runnable)
  if (installed) return { executablePath: installed, args: ARGS, source: 'installed' }
  const shipped = await npmChromium()
  // Its own list of flags is left alone: --single-process ends the browser with its second context.
  if (shipped) return { executablePath: shipped, args: [...ARGS, '--headless=shell'], source: 'npm' }
  if (installWithApt(['chromium'])) {
    const debian = places().find(runnable)
    if (debian) return { executablePath: debian, args: ARGS, source: 'apt' }
  }
  throw new Error(HELP)
}

const HELP = `No browser for the tests. Install Chrome, Chromium or Edge, or set BROWSER_PATH=/path/to/chrome.
  Debian/Ubuntu: apt-get install -y chromium
  macOS:         brew install --cask google-chrome
  Windows:       Edge is there already; else winget install Google.Chrome`

function runnable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false // not there, or not for us: the same answer
  }
}

/** Where browsers install themselves. */
function places(): string[] {
  const env = process.env
  if (process.platform === 'win32') {
    const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter(
      (root) => root !== undefined,
    )
    const files = [
      'Google/Chrome/Application/chrome.exe',
      'Chromium/Application/chrome.exe',
      'Microsoft/Edge/Application/msedge.exe',
    ]
    return roots.flatMap((root) => files.map((file) => join(root, file)))
  }
  if (process.platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge']
    return ['/Applications', join(homedir(), 'Applications')].flatMap((root) =>
      apps.map((app) => join(root, `${app}.app/Contents/MacOS/${app}`)),
    )
  }
  const names = [
    'google-chrome-stable',
    'google-chrome',
    'chromium',
    'chromium-browser',
    'microsoft-edge-stable',
    'microsoft-edge',
  ]
  return (env['PATH'] ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
}
