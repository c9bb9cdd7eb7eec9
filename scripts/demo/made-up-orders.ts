const DAY = 86_400_000
const GOODS: [sku: string, name: string, price: string][] = [
  ['85123A', 'WHITE HANGING HEART T-LIGHT HOLDER', '2.95'],
  ['22423', 'REGENCY CAKESTAND 3 TIER', '12.75'],
  ['20725', 'LUNCH BAG RED RETROSPOT', '1.65'],
  ['22865', 'HAND WARMER OWL DESIGN', '2.10'],
  ['84879', 'ASSORTED COLOUR BIRD ORNAMENT', '1.69'],
  ['22720', 'SET OF 3 CAKE TINS PANTRY DESIGN', '4.95'],
]

/** A small history for each member, the same on every machine: an order every few weeks back from yesterday, now and then a refund. */
export function* madeUpOrders(members: readonly string[], now: Date): Generator<string> {
  for (const [index, member] of members.entries()) {
    const orders = index === 0 ? 23 : 2 + (index % 7)
    for (let n = 0; n < orders; n++) {
      const at = new Date(now.getTime() - DAY * (1 + (index % 11) + n * (14 + (index % 9)))).toISOString()
      const invoice = `${700_000 + index * 100 + n}`
      const when = `${at.slice(0, 10)} ${String(9 + (n % 9)).padStart(2, '0')}:30:00`
      for (let line = 0; line <= (index + n) % 3; line++) {
        const [sku, name, price] = GOODS[(index + n * 2 + line) % GOODS.length] ?? ['', '', '']
        yield `${invoice},${sku},${name},${2 + ((index + line) % 5)},${when},${price},${member}.0,China`
        if (n === 4 && line === 0) yield `C${invoice},${sku},${name},-1,${when},${price},${member}.0,China`
      }
    }
  }
}
