import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, runTool, type Tally, tallyOf } from './tool.ts'

const REPORTS = join(ROOT, 'node_modules/.cache/test')

/** Unit, component and database tests. A file that could not be loaded counts as one failure. */
export async function runVitest(): Promise<Tally> {
  const file = report('vitest.json')
  const ok = await runTool('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`])
  const result = read<{ numPassedTests: number; numFailedTests: number; testResults: VitestFile[] }>(file)
  const broken = result?.testResults.filter(
    (suite) => suite.status === 'failed' && !suite.assertionResults.some(failed),
  )
  return agree(ok, {
    passed: result?.numPassedTests ?? 0,
    failed: (result?.numFailedTests ?? 0) + (broken?.length ?? 0),
  })
}

interface VitestFile {
  status: string
  assertionResults: { status: string }[]
}
const failed = (test: { status: string }) => test.status === 'failed'

/** Browser tests, through the chat window of a demo of their own. */
export async function runPlaywright(): Promise<Tally> {
  const file = report('playwright.json')
  const args = ['test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json']
  const ok = await runTool('playwright', args, { PLAYWRIGHT_JSON_OUTPUT_FILE: file })
  const stats = read<{ stats: { expected: number; unexpected: number; flaky: number } }>(file)?.stats
  return agree(ok, { passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0), failed: stats?.unexpected ?? 0 })
}

export async function runBuild(): Promise<Tally> {
  const quiet = ['build', '--logLevel', 'warn']
  return tallyOf((await runTool('vite', quiet)) && (await runTool('vite', [...quiet, '--mode', 'desk'])))
}

/** Last run's report must not pass for this one's. */
function report(name: string): string {
  mkdirSync(REPORTS, { recursive: true })
  rmSync(join(REPORTS, name), { force: true })
  return join(REPORTS, name)
}

function read<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T
  } catch {
    return undefined // the runner fell over before it could write: agree() counts that
  }
}

/** A runner that ended badly without a failed test to show for it counts as one failure. */
const agree = (ok: boolean, tally: Tally): Tally => (ok || tally.failed > 0 ? tally : { ...tally, failed: 1 })
