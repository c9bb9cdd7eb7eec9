import { run, type Runner } from './json.ts'

/** Through what a follow changes. Without a name it is WeCom that told us. */
export type Origin = 'sidebar' | 'counter' | 'batch' | 'rule' | 'undo'

/** Names it for the rest of this transaction; `by`: whose hand it was, where not the follower's own. The trigger on `follows` writes it down. */
export async function nameOrigin(tx: Runner, origin: Origin, by = ''): Promise<void> {
  await run(tx, `select set_config('pangbai.origin', $1, true), set_config('pangbai.by', $2, true)`, [origin, by])
}
