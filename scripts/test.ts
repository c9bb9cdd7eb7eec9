import { findBrowser } from './browser.ts'
import { runChecks } from './test/checks.ts'
import { runBuild, runPlaywright, runVitest } from './test/suites.ts'
import { sum, type Tally, tallyOf } from './test/tool.ts'

/**
 * `npm test`: everything, on a machine that need have nothing but Node and npm. Postgres comes with npm (or TEST_DATABASE_URL),
 * a browser and Chinese fonts are found or fetched. All parts run even when one fails; the last line is the sum.
 */
const PARTS: [name: string, run: () => Promise<Tally>][] = [
  ['browser', browser],
  ['check', runChecks],
  ['build', runBuild],
  ['unit, component and database tests', runVitest],
  ['browser tests', runPlaywright],
]

/** Before all else, so that a machine without one is told in the first second. */
async function browser(): Promise<Tally> {
  try {
    const { executablePath, source } = await findBrowser()
    process.stdout.write(`${executablePath} (${source})\n`)
    return { passed: 0, failed: 0 }
  } catch (error) {
    process.stdout.write(`${(error as Error).message}\n`)
    return tallyOf(false)
  }
}

const results: [string, Tally, number][] = []
for (const [name, run] of PARTS) {
  process.stdout.write(`\n━━ ${name}\n`)
  const begun = performance.now()
  results.push([name, await run(), (performance.now() - begun) / 1000])
}

process.stdout.write('\n')
for (const [name, { passed, failed }, seconds] of results) {
  process.stdout.write(`${failed ? '✗' : '✓'} ${name}: ${passed} passed, ${failed} failed (${seconds.toFixed(0)} s)\n`)
}
const { passed, failed } = sum(results.map(([, tally]) => tally))
process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
