/** What the next calls of one API (or of all, `*`) suffer. Without `times` it lasts until cleared. */
export interface Fault {
  path: string
  errcode?: number
  /** An HTTP status with an empty body, as a gateway in trouble gives. */
  status?: number
  latencyMs?: number
  /** The connection is cut without an answer. */
  reset?: boolean
  /** The body breaks off in the middle. */
  malformed?: boolean
  times?: number
}

/** How the pretend WeCom behaves where the real one may be in one state or another. */
export interface Conduct {
  /** False: every call is refused with 60020. */
  trustedIp: boolean
  /** Calls are refused until this moment (seconds): an address just added takes about a minute to count. */
  trustedFrom: number
  /** True: every call is answered 503 with an empty body. */
  unavailable: boolean
  /** False: the app is not in 可调用接口的应用, customer calls answer 48002. */
  customerApi: boolean
  /** True: plain http is answered with 301 to https. */
  httpsOnly: boolean
  /** Share (0–1) of calls that answer -1 by chance. */
  busyRate: number
  /** How many calls of one API may run at once. WeCom's own number is not published. */
  concurrency: number
  /** True: gettoken repeats a token in force. False: it gives a new one, and older ones stay good. */
  sameToken: boolean
  /** The refusal for a tag that another creator owns: WeCom documents both. */
  foreignTagCode: 60011 | 81011
}

export interface Faults extends Conduct {
  list(): Fault[]
  add(fault: Partial<Fault>): void
  /** Everything in order again: faults, switches and limits. */
  clear(): void
  /** The fault this call meets, if any; a counted one is used up by it. */
  take(path: string): Fault | undefined
  /** Limits other than WeCom's, by path. */
  perMinute: Map<string, number>
}

const IN_ORDER: Conduct = {
  trustedIp: true,
  trustedFrom: 0,
  unavailable: false,
  customerApi: true,
  httpsOnly: false,
  busyRate: 0,
  concurrency: 20,
  sameToken: false,
  foreignTagCode: 60011,
}

/** Faults on demand, none at first. */
export function createFaults(): Faults {
  let faults: Fault[] = []
  const created: Faults = {
    ...IN_ORDER,
    list: () => faults,
    add: (fault) => void faults.push({ path: '*', ...fault }),
    clear() {
      faults = []
      Object.assign(created, IN_ORDER)
      created.perMinute.clear()
    },
    take(path) {
      const hit = faults.find((f) => f.path === '*' || f.path === path)
      if (hit?.times !== undefined && --hit.times <= 0) faults = faults.filter((f) => f !== hit)
      return hit
    },
    perMinute: new Map(),
  }
  return created
}
