import { HostError, type HostFault } from './host.ts'

/** The SDK rewrites error texts and clients spell them differently, so they are folded before they are compared. */
const FAULTS: [RegExp, HostFault][] = [
  [/cancel/, 'cancelled'],
  [/withoutcontext/, 'wrong_entry'],
  [/invalidsignature|e=40093/, 'bad_signature'],
  [/reliabledomain|e=80001|invalidurldomain|e=40048/, 'untrusted_domain'],
  [/ticketnoavailable|e=42012|invalidcorpid|e=40013|e=40056/, 'bad_signature'],
  [/nopermission|permissiondenied|accessdenied|offlineverifying|usernotinallowlist/, 'no_permission'],
  [/functionnotexist|nosupport/, 'unsupported'],
  [/invalidimgurl|invalidparam|contentempty|invalidminiprograminfo|crosscorp|invalidmedia/, 'bad_message'],
  [/aborted/, 'aborted'],
]

/** Whatever the SDK rejected with (a plain object, an Error) as a HostError. */
export function classify(failure: unknown): HostError {
  if (failure instanceof HostError) return failure
  const f = (typeof failure === 'object' && failure !== null ? failure : { message: String(failure) }) as Record<
    string,
    unknown
  >
  const raw = String(f['err_msg'] ?? f['errmsg'] ?? f['errMsg'] ?? f['message'] ?? '')
  const folded = raw.toLowerCase().replace(/[_\s]/g, '')
  return new HostError(FAULTS.find(([pattern]) => pattern.test(folded))?.[1] ?? 'unknown', raw)
}
