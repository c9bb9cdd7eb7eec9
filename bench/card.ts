import { type ChildProcess, execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openOwnerPool, PLANNED_ONCE } from '../server/db/client.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../server/db/embedded.ts'
import { migrateDatabase } from '../server/db/migrate.ts'
import { CARD } from '../server/features/customers/queries.ts'
import { BIG_DATABASE } from './lib/big-database.ts'
import { fillDataset, memberOfCustomer, MEMBERS } from './lib/dataset.ts'
import { load } from './lib/load.ts'
import { signIn, SIGNED_IN, startCardServer } from './lib/signed-in.ts'
import type { Options } from './run.ts'
import { type Figures, round, type Row } from './lib/table.ts'

const CONNECTIONS = [1, 16, 64, 256]

/** The card under load beside a bare Hono route and beside its own statement under pgbench, in one run. */
export async function measure({ small }: Options): Promise<Figures[]> {
  const customers = small ? 10_000 : 1_000_000
  const dataDir = mkdtempSync(join(tmpdir(), 'pangbai-bench-'))
  const settings = { ...BIG_DATABASE, max_connections: '300' }
  const postgres = await startEmbeddedPostgres({ dataDir, sync: false, settings })
  const sql = openOwnerPool(postgres.target, 1)
  let server: ChildProcess | undefined
  try {
    await migrateDatabase(postgres.target)
    await fillDataset(sql, customers, 5)
    const cookies = await signIn(sql)
    const started = await startCardServer(postgres)
    server = started.child
    const open = () => {
      const member = Math.floor(Math.random() * SIGNED_IN)
      const customer = member + MEMBERS * Math.floor(Math.random() * (customers / MEMBERS - 1)) || MEMBERS
      return { path: `/api/customers/${customer}/card`, headers: { cookie: cookies[memberOfCustomer(customer)] ?? '' } }
    }
    const rows: Row[] = []
    for (const connections of CONNECTIONS) {
      const bare = await load(
        { url: `http://127.0.0.1:${started.bare}`, next: () => ({ path: '/bare' }) },
        connections,
        3,
      )
      const card = await load({ url: `http://127.0.0.1:${started.app}`, next: open }, connections, small ? 2 : 6)
      rows.push({
        connections,
        'bare req/s': bare.rps,
        'bare p50/p99 ms': `${bare.p50} / ${bare.p99}`,
        'card req/s': card.rps,
        'card p50/p99 ms': `${card.p50} / ${card.p99}`,
      })
    }
    server.kill()
    const found: Figures[] = [
      { name: 'card', about: `${customers} customers, ${customers * 5} orders; requests/s by connections`, rows },
    ]
    const best = pgbench(postgres, dataDir, customers)
    if (best.length > 0) {
      const card = Math.max(...rows.map((r) => Number(r['card req/s'])))
      const top = Math.max(...best.map((b) => b.tps))
      found.push({
        name: 'card beside pgbench',
        about: "the same statement, prepared; the card's best over pgbench's best",
        rows: [
          ...best.map((b) => ({ what: `pgbench, ${b.clients} clients`, 'per second': b.tps })),
          { what: 'card, best', 'per second': card },
          { what: 'ratio', 'per second': round(card / top, 2) },
        ],
      })
    }
    return found
  } finally {
    server?.kill()
    await sql.end()
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** The same plan for both sides. */
const PGOPTIONS = Object.entries(PLANNED_ONCE)
  .map(([name, value]) => `-c ${name}=${value}`)
  .join(' ')
const PGBENCH = ['/usr/bin/pgbench', ...[18, 17, 16, 15].map((v) => `/usr/lib/postgresql/${v}/bin/pgbench`)].find((p) =>
  existsSync(p),
)

/** Transactions per second of the card's own statement, by clients; empty where pgbench is not installed. */
function pgbench(postgres: EmbeddedPostgres, dataDir: string, customers: number): { clients: number; tps: number }[] {
  if (!PGBENCH) return []
  const script = join(dataDir, 'card.pgbench')
  const statement = CARD.replaceAll('$1', ':customer::text')
    .replaceAll('$2', ':member::text')
    .replaceAll('$3::timestamptz', 'now()')
    // pgbench would take the colons of a time format for variables of its own.
    .replaceAll('HH24:MI:SS', 'HH24":"MI":"SS')
    .replaceAll('\n', ' ')
  writeFileSync(
    script,
    `\\set customer random(1, ${customers})\n\\set member :customer % ${MEMBERS}\n${statement};\n`,
    { mode: 0o644 },
  )
  const { host, port, user, database, password } = postgres.target as unknown as Record<string, string>
  return [1, 4, 16, 64].map((clients) => {
    const out = execFileSync(
      PGBENCH as string,
      [
        '-n',
        '-M',
        'prepared',
        '-f',
        script,
        '-c',
        String(clients),
        '-j',
        '2',
        '-T',
        '6',
        '-h',
        host ?? '',
        '-p',
        String(port),
        '-U',
        user ?? '',
        database ?? '',
      ],
      { encoding: 'utf8', env: { ...process.env, PGPASSWORD: password ?? '', PGOPTIONS } },
    )
    return { clients, tps: round(Number(/tps = ([\d.]+)/.exec(out)?.[1])) }
  })
}
