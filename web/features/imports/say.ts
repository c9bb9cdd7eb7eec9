import type { ImportRun } from '#shared/imports.ts'
import { t } from './messages.ts'

/** Where an import stands, with its share where it is under way. */
export const stateText = ({ state, share }: Pick<ImportRun, 'state' | 'share'>): string =>
  t(`st_${state}`, { n: Math.floor(share * 100) })
