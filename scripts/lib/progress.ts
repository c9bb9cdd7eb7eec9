const WIDTH = 30

interface Out {
  isTTY?: boolean
  write(text: string): unknown
}

/** Shows how far a long job has got: a bar that redraws itself on a terminal, a plain line every ten per cent elsewhere. */
export function progressLine(out: Out): { show(progress: { rows: number; share: number }): void; end(): void } {
  let told = -1
  let drawn = false
  return {
    show({ rows, share }) {
      const done = Math.min(1, Math.max(0, share))
      const words = `${Math.floor(done * 100)}%  ${rows.toLocaleString('en')} 行`
      if (out.isTTY) {
        const filled = Math.round(done * WIDTH)
        out.write(`\r${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${words}`)
        drawn = true
      } else if (Math.floor(done * 10) > told) {
        told = Math.floor(done * 10)
        out.write(`${words}\n`)
      }
    },
    end() {
      if (drawn) out.write('\n')
    },
  }
}
