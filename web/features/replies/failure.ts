import { HostError } from '#web/host/host.ts'
import { errorText } from '#web/lib/error-text.ts'
import { whyNot } from './messages.ts'
import { ChatChanged } from './sends.store.ts'

/** Why something was not sent, in words a rep can act on. */
export function failureText(error: unknown): string {
  if (error instanceof HostError) return whyNot(error.kind)
  if (error instanceof ChatChanged) return whyNot('chat_changed')
  return errorText(error)
}
