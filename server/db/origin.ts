import { run, type Runner } from './json.ts'

/** Through what a follow changes. Without a name it is WeCom that told us. `by`: whose hand, where not the follower's own; `why`: a rule's name. */
export interface Origin {
  kind: 'sidebar' | 'counter' | 'batch' | 'rule' | 'undo'
  by?: string
  why?: string
}

/** Names it for the rest of this transaction: the trigger on `follows` writes it down. */
export async function nameOrigin(tx: Runner, { kind, by = '', why = '' }: Origin): Promise<void> {
  const text = `select set_config('pangbai.origin', $1, true), set_config('pangbai.by', $2, true), set_config('pangbai.why', $3, true)`
  await run(tx, text, [kind, by, why])
}
