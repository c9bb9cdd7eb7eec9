import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Figures, round } from './lib/table.ts'

/** Seconds from `npm start` on a built checkout to the printed address: the first time on an empty data folder, and after. */
export async function measure(): Promise<Figures[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pangbai-bench-'))
  const rows = []
  try {
    for (const run of ['first', 'second', 'third']) {
      const begun = performance.now()
      const child = spawn('npm', ['start', '--silent'], {
        env: { ...process.env, DATA_DIR: dataDir, PORT: '5199', NO_COLOR: '1' },
        stdio: ['ignore', 'pipe', 'inherit'],
        detached: true,
      })
      let text = ''
      const up = new Promise<void>((resolve, reject) => {
        child.stdout.on('data', (chunk) => {
          text += String(chunk)
          if (text.includes('http://localhost:5199')) resolve()
        })
        child.once('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${text}`)))
      })
      await up
      const seconds = round((performance.now() - begun) / 1000, 2)
      child.removeAllListeners('exit')
      if (child.pid) process.kill(-child.pid, 'SIGTERM')
      await once(child, 'exit')
      rows.push({ start: run, 'seconds to address': seconds })
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
  return [{ name: 'startup', about: 'npm start on a built checkout (targets 15 s first, 5 s after)', rows }]
}
