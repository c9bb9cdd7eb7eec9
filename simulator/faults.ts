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

export interface Faults {
  list(): Fault[]
  add(fault: Partial<Fault>): void
  clear(): void
  /** The fault this call meets, if any; a counted one is used up by it. */
  take(path: string): Fault | undefined
  /** False: every call is refused with 60020. */
  trustedIp: boolean
  /** True: every call is answered 503 with an empty body. */
  unavailable: boolean
  /** False: the app is not in 可调用接口的应用, customer calls answer 48002. */
  customerApi: boolean
  /** True: plain http is answered with 301 to https. */
  httpsOnly: boolean
  /** Share (0–1) of calls that answer -1 by chance. */
  busyRate: number
  /** Limits other than WeCom's, by path. */
  perMinute: Map<string, number>
  /** How many calls of one API may run at once. */
  concurrency: number
}

export function createFaults(): Faults {
  let faults: Fault[] = []
  return {
    list: () => faults,
    add: (fault) => void faults.push({ path: '*', ...fault }),
    clear: () => {
      faults = []
    },
    take(path) {
      const hit = faults.find((f) => f.path === '*' || f.path === path)
      if (hit?.times !== undefined && --hit.times <= 0) faults = faults.filter((f) => f !== hit)
      return hit
    },
    trustedIp: true,
    unavailable: false,
    customerApi: true,
    httpsOnly: false,
    busyRate: 0,
    perMinute: new Map(),
    concurrency: 20,
  }
}
