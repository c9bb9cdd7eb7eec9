import { errorText } from '#web/lib/error-text.ts'
import { t } from './messages.ts'
import { ChatChanged } from './sends.store.ts'

/** Why something was not sent, in words a rep can act on. */
export const failureText = (error: unknown): string =>
  error instanceof ChatChanged ? t('chatChanged') : errorText(error)
