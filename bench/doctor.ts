import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Figures, Row } from './lib/table.ts'

interface Report {
  testResults: { assertionResults: { status: string; meta?: { verdict?: Row } }[] }[]
}

/** What the doctor says of each broken set-up of its test, as that test saw it. */
export async function measure(): Promise<Figures[]> {
  const dir = mkdtempSync(join(tmpdir(), 'pangbai-doctor-'))
  const file = join(dir, 'report.json')
  try {
    const args = [
      'vitest',
      'run',
      '--project',
      'db',
      'server/features/doctor',
      '--reporter=json',
      `--outputFile=${file}`,
    ]
    spawnSync('npx', args, { stdio: 'inherit' })
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report
    const tests = report.testResults.flatMap((one) => one.assertionResults)
    const rows = tests.flatMap(({ status, meta }) => (meta?.verdict ? [{ ...meta.verdict, test: status }] : []))
    return [{ name: 'doctor', about: `${rows.length} broken set-ups of the pretend WeCom`, rows }]
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
