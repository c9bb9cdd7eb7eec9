import {
  bulkhead,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  fullJitterGenerator,
  handleWhen,
  isBrokenCircuitError,
  isBulkheadRejectedError,
  IterableBackoff,
  retry,
  wrap,
} from 'cockatiel'
import { NO_ANSWER, UNTRUSTED_IP, worthRetrying } from './advice.ts'
import type { Api } from './apis.ts'
import { isBackground } from './background.ts'
import { createWindow, takeFrom } from './budget.ts'
import { WecomError } from './error.ts'
import { noAnswer, refused } from './transport.ts'

/** Our share of WeCom's limit; the processes that share a database share it evenly. */
const SHARE = 0.8
/** Work that nobody waits for stops here, so that the rest is always free for a rep. */
const BACKGROUND_SHARE = 0.75
const MINUTE = 60_000
const HOUR = 3_600_000
const AT_ONCE = 10

export interface Guard {
  /** Runs one exchange within the API's budget, concurrency and breakers. */
  once<T>(exchange: () => Promise<T>): Promise<T>
  /** Calls that still fit into the tightest window now. */
  left(): number
  /** Repeats `attempt` where the API allows it: at most three tries, full jitter between. */
  retrying<T>(attempt: () => Promise<T>): Promise<T>
}

/** One guard per API. The breakers open on five exchanges in a row without an answer, at once on 45009 for its window, and on 60020 for a minute. `peers`: processes that share the budget. */
export function createGuard(api: Api, peers: () => number = () => 1): Guard {
  const windows = [createWindow(api.limit.minute * SHARE, MINUTE), createWindow(api.limit.hour * SHARE, HOUR)]
  const unreachable = circuitBreaker(
    handleWhen((error) => codeOf(error) === NO_ANSWER),
    { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(5) },
  )
  // A block lasts about as long as the window that was exceeded; which one WeCom does not say, so the second wait is the longer.
  const limited = circuitBreaker(
    handleWhen((error) => codeOf(error) === 45009),
    { halfOpenAfter: new IterableBackoff([MINUTE, HOUR]), breaker: new ConsecutiveBreaker(1) },
  )
  // One call a minute finds out whether the address has been added; meanwhile its refusal is told again.
  const untrusted = circuitBreaker(
    handleWhen((error) => codeOf(error) === UNTRUSTED_IP),
    { halfOpenAfter: MINUTE, breaker: new ConsecutiveBreaker(1) },
  )
  let refusal: unknown
  untrusted.onFailure(({ reason }) => {
    if ('error' in reason && codeOf(reason.error) === UNTRUSTED_IP) refusal = reason.error
  })
  const crowd = bulkhead(AT_ONCE, 2_000)
  const again = retry(
    handleWhen((error) => error instanceof WecomError && error.api === api.path && worthRetrying(error.errcode)),
    { maxAttempts: 2, backoff: new ExponentialBackoff({ initialDelay: 200, generator: fullJitterGenerator }) },
  )
  const share = () => (isBackground() ? BACKGROUND_SHARE : 1) / peers()
  return {
    left: () => Math.min(...windows.map((window) => window.left(1 / peers()))),
    retrying: (attempt) => (api.repeat ? again.execute(attempt) : attempt()),
    once: async (exchange) => {
      try {
        return await wrap(crowd, unreachable).execute(() => trusted(() => limitedBy(exchange)))
      } catch (error) {
        if (isBrokenCircuitError(error)) throw noAnswer(api, 'breaker open')
        if (isBulkheadRejectedError(error)) throw refused(api, 45033)
        throw error
      }
    },
  }

  async function trusted<T>(exchange: () => Promise<T>): Promise<T> {
    try {
      return await untrusted.execute(exchange)
    } catch (error) {
      throw isBrokenCircuitError(error) ? refusal : error
    }
  }

  async function limitedBy<T>(exchange: () => Promise<T>): Promise<T> {
    try {
      return await limited.execute(() => {
        if (!takeFrom(windows, share())) throw new OverBudget()
        return exchange()
      })
    } catch (error) {
      if (error instanceof OverBudget || isBrokenCircuitError(error)) throw refused(api, 45009)
      throw error
    }
  }
}

/** Our own brake, kept apart from WeCom's 45009 so that it opens no breaker. */
class OverBudget extends Error {}

const codeOf = (error: unknown) => (error instanceof WecomError ? error.errcode : undefined)
