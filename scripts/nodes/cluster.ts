import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { freePort } from '../test/demo-process.ts'
import { untilReady } from './ready.ts'
import { type Proxy, startProxy } from './proxy.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const READY_MS = 60_000

export interface Node {
  role: 'web' | 'worker'
  port: number
  child: ChildProcess
}

/** Several processes of the product on one database, behind one address. */
export interface Cluster {
  proxy: Proxy
  nodes: Node[]
  /** Ends a node with this signal and starts another in its place; resolves when that one is ready. */
  replace(node: Node, signal: NodeJS.Signals): Promise<Node>
  close(): Promise<void>
}

/** `settings`: environment of every node, with DATABASE_URL and WeCom's; its PUBLIC_URL is what browsers see. */
export async function startCluster(
  settings: Record<string, string>,
  size: { web: number; worker: number },
): Promise<Cluster> {
  const proxy = await startProxy()
  const nodes: Node[] = []
  const route = () => proxy.route(nodes.filter(({ role }) => role === 'web').map(({ port }) => port))

  async function add(role: Node['role']): Promise<Node> {
    const port = await freePort()
    const child = spawn(
      process.execPath,
      ['--max-semi-space-size=4', 'scripts/run.mjs', 'scripts/start.ts', `--${role}`],
      { cwd: ROOT, env: { ...ownEnv(), ...settings, PORT: String(port) }, stdio: ['ignore', 'pipe', 'pipe'] },
    )
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()))
    const node = { role, port, child }
    await untilReady(port, READY_MS, () =>
      child.exitCode === null ? undefined : `a ${role} node ended with ${child.exitCode}:\n${said}`,
    )
    nodes.push(node)
    route()
    return node
  }

  /** A node that is told to end takes no new connection; the proxy turns to the next by itself. */
  async function remove(node: Node, signal: NodeJS.Signals): Promise<void> {
    const gone = once(node.child, 'exit')
    node.child.kill(signal)
    if (node.child.exitCode === null && node.child.signalCode === null) await gone
    nodes.splice(nodes.indexOf(node), 1)
    route()
  }

  await add('web') // alone: it brings the schema up to date
  await Promise.all([
    ...Array.from({ length: size.web - 1 }, () => add('web')),
    ...Array.from({ length: size.worker }, () => add('worker')),
  ])
  return {
    proxy,
    nodes,
    replace: async (node, signal) => {
      await remove(node, signal)
      return await add(node.role)
    },
    close: async () => {
      proxy.close()
      await Promise.all(nodes.slice().map((node) => remove(node, 'SIGTERM')))
    },
  }
}

/** Our environment without what would turn a node into something else. */
const ownEnv = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(WECOM_|DATABASE_|SESSION_|PUBLIC_URL|NODE_ENV|NODE_OPTIONS|VITEST|npm_lifecycle)/.test(name),
    ),
  )
