import type { Config } from '../config.ts'
import { openAi } from './openai.ts'
import type { Model } from './port.ts'
import { scripted } from './scripted.ts'

/** As the demo's model writes: quick, but slow enough to be seen and stopped. */
const DEMO_PACE_MS = 45

/** The model of the settings; without them the scripted one in the demo, and none in a real set-up. */
export function createModel({ assistant, mode }: Pick<Config, 'assistant' | 'mode'>): Model | undefined {
  if (assistant) return openAi(assistant)
  return mode === 'demo' ? scripted({ paceMs: DEMO_PACE_MS }) : undefined
}
