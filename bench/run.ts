import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { type Figures, printTable } from './lib/table.ts'

/** Each measurement is a module with `measure(options)`; ratios are measured side by side in one run. */
const MEASUREMENTS = {
  size: () => import('./size.ts'),
  startup: () => import('./startup.ts'),
  open: () => import('./open.ts'),
  paint: () => import('./paint.ts'),
  card: () => import('./card.ts'),
  pages: () => import('./pages.ts'),
  day: () => import('./day.ts'),
  search: () => import('./search.ts'),
  sync: () => import('./sync.ts'),
  'first-sync': () => import('./first-sync.ts'),
  callbacks: () => import('./callbacks.ts'),
  desk: () => import('./desk.ts'),
  imports: () => import('./imports.ts'),
  doctor: () => import('./doctor.ts'),
  faults: () => import('./faults.ts'),
  retrieval: () => import('./retrieval.ts'),
  asked: () => import('./asked.ts'),
  bgnbd: () => import('./bgnbd.ts'),
  repurchase: () => import('./repurchase.ts'),
  association: () => import('./association.ts'),
  tags: () => import('./tags.ts'),
  guard: () => import('./guard.ts'),
  jobs: () => import('./jobs.ts'),
  aside: () => import('./aside.ts'),
} satisfies Record<string, () => Promise<{ measure: (o: Options) => Promise<Figures[]> }>>

/** `small` shrinks the data a hundredfold, to try the measurement itself. */
export interface Options {
  small: boolean
  /** What follows `--name`; undefined where it was not given. */
  value: (name: string) => string | undefined
}

const FLAGS = ['--small', '--json']
/** `--name=value` is the same as `--name value`. */
const args = process.argv.slice(2).flatMap((arg) => /^(--\w+)=(.*)$/s.exec(arg)?.slice(1) ?? [arg])
const takesValue = (arg: string | undefined) => arg !== undefined && arg.startsWith('--') && !FLAGS.includes(arg)
const named = args.filter((arg, at) => !arg.startsWith('--') && !takesValue(args[at - 1]))
const value = (name: string) => (args.includes(`--${name}`) ? args[args.indexOf(`--${name}`) + 1] : undefined)
// With --json the answer is for a machine: all that is said on the way goes to the other stream.
if (args.includes('--json')) console.log = console.error
const bare = args.filter((arg, at) => takesValue(arg) && (args[at + 1] ?? '--').startsWith('--'))
if (bare.length > 0) {
  console.error(
    `${bare.join(', ')}: what is missing behind it is a file. As in: npm run bench -- retrieval --pairs FILE`,
  )
  process.exit(2)
}
const unknown = named.filter((n) => !(n in MEASUREMENTS))
if (unknown.length > 0) {
  console.error(
    `No measurement ${unknown.join(', ')}. There are: ${Object.keys(MEASUREMENTS).join(', ')}. Options: --small, --json, --pairs FILE, --summary FILE`,
  )
  process.exit(2)
}

const machine = {
  cpu: cpus()[0]?.model ?? '',
  cores: cpus().length,
  memoryGB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
}
const figures: Figures[] = []
for (const [name, load] of Object.entries(MEASUREMENTS)) {
  if (named.length > 0 && !named.includes(name)) continue
  const { measure } = await load()
  for (const found of await measure({ small: args.includes('--small'), value })) {
    figures.push(found)
    printTable(found)
  }
}
const report = JSON.stringify({ at: new Date().toISOString(), machine, figures }, null, 2)
mkdirSync('bench/out', { recursive: true })
writeFileSync('bench/out/latest.json', report)
if (args.includes('--json')) await new Promise((done) => process.stdout.write(`${report}\n`, done))
else console.log('\nThe same figures as JSON: bench/out/latest.json')
process.exit(0)
