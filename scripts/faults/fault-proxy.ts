import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** What the way to WeCom does to an exchange. */
export const FAULTS = [
  'none',
  'latency',
  'reset',
  'half-close',
  'slow-drip',
  'black-hole',
  'truncated',
  'refused',
] as const
export type Fault = (typeof FAULTS)[number]

const LATENCY_MS = 2_000
const DRIP_MS = 400

export interface FaultProxy {
  url: string
  set(fault: Fault): void
  close(): void
}

/** A TCP proxy that breaks connections in every way a network can. A change also ends what is under way. */
export async function startFaultProxy(port: number): Promise<FaultProxy> {
  let fault: Fault = 'none'
  const open = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (down) => {
    open.add(down)
    down.on('error', () => undefined)
    down.on('close', () => open.delete(down))
    if (fault === 'refused') return void down.resetAndDestroy()
    if (fault === 'black-hole') return void down.resume() // taken, and never answered
    const up = connect({ host: '127.0.0.1', port, allowHalfOpen: true })
    open.add(up)
    up.on('error', () => down.destroy())
    up.on('close', () => (open.delete(up), down.destroy()))
    down.on('close', () => up.destroy())
    down.on('data', (part) => up.write(part))
    down.on('end', () => up.end())
    up.on('end', () => down.end())
    up.on('data', (part: Buffer) => answer(part, down))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')

  /** The request has reached WeCom by now: what follows decides what we learn of it. */
  function answer(part: Buffer, down: Socket): void {
    const half = part.subarray(0, Math.ceil(part.length * 0.7))
    if (fault === 'none') down.write(part)
    else if (fault === 'latency') setTimeout(() => down.writable && down.write(part), LATENCY_MS)
    else if (fault === 'reset') down.write(half, () => down.resetAndDestroy())
    else if (fault === 'half-close') down.end()
    else if (fault === 'truncated') down.end(half)
    else if (fault === 'slow-drip') drip(part, down)
  }

  function drip(part: Buffer, down: Socket): void {
    if (part.length === 0 || !down.writable) return
    down.write(part.subarray(0, 8))
    setTimeout(() => drip(part.subarray(8), down), DRIP_MS)
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set: (to) => {
      fault = to
      for (const socket of open) socket.destroy()
    },
    close: () => {
      for (const socket of open) socket.destroy()
      server.close()
    },
  }
}
