export type Row = Record<string, string | number>

/** What one measurement found: a title, what it was measured on, and rows that share their columns. */
export interface Figures {
  name: string
  about: string
  rows: Row[]
}

/** Prints rows as an aligned table; numbers to the right. */
export function printTable({ name, about, rows }: Figures): void {
  console.log(`\n${name} — ${about}`)
  const columns = [...new Set(rows.flatMap((r) => Object.keys(r)))]
  const cell = (row: Row, column: string) => String(row[column] ?? '')
  const width = columns.map((c) => Math.max(c.length, ...rows.map((r) => cell(r, c).length)))
  console.log(columns.map((c, i) => c.padEnd(width[i] ?? 0)).join('  '))
  console.log(width.map((w) => '-'.repeat(w)).join('  '))
  for (const row of rows) {
    console.log(
      columns
        .map((c, i) =>
          typeof row[c] === 'number' ? cell(row, c).padStart(width[i] ?? 0) : cell(row, c).padEnd(width[i] ?? 0),
        )
        .join('  '),
    )
  }
}

export const median = (values: number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

export const round = (value: number, digits = 0): number => Number(value.toFixed(digits))
