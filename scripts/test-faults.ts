import { runTool } from './test/tool.ts'

/** `npm run test:faults`: the long form of every test that breaks something. About twenty minutes. */
const LONG = { FAULTS: 'long', KILLS: '100', FUZZ: '1000' }
const suites = [
  'scripts/faults',
  'scripts/nodes',
  'server/jobs/kill',
  'server/http/fuzz',
  'server/features/orders/import',
]
process.exit((await runTool('vitest', ['run', '--project', 'db', ...suites], LONG)) ? 0 : 1)
