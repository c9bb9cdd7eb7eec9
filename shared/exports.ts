import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { RowSet, rowFilters } from './figures.ts'
import { Instant } from './ids.ts'

export const ExportFormat = z.enum(['csv', 'xlsx'])

/** Rows in one file at most; files a member may make in a day (China). */
export const MOST_EXPORTED = 50_000
export const MOST_A_DAY = 20

/**
 * The rows of one figure as a file. What is kept is the question, not the rows: it is asked anew when the file is fetched, by what the caller may see then, and
 * as of the figure's own clock. `export` is an id the page makes up. The file is at `/api/exports/<id>/file` for a day, for whoever made it.
 */
export const createExport = endpoint({
  method: 'post',
  path: '/api/exports',
  access: 'manager',
  input: z.object({
    export: z.uuid(),
    figure: RowSet,
    filters: z.object(rowFilters),
    asOf: Instant,
    format: ExportFormat,
  }),
  output: z.object({ path: z.string(), expiresAt: Instant }),
})
