import { runTool, sum, type Tally, tallyOf } from './tool.ts'

const CHECKS: [name: string, tool: string, ...args: string[]][] = [
  ['lint', 'oxlint', '--deny-warnings'],
  ['format', 'oxfmt', '--check'],
  ['types', 'vue-tsc', '-b'],
  ['dead code', 'knip', '--no-progress'],
]

/** Lint (the import rules among it), format, types, dead code. All run, so that one push shows all there is to repair. */
export async function runChecks(): Promise<Tally> {
  const tallies: Tally[] = []
  for (const [name, tool, ...args] of CHECKS) {
    process.stdout.write(`── ${name}\n`)
    tallies.push(tallyOf(await runTool(tool, args)))
  }
  return sum(tallies)
}
