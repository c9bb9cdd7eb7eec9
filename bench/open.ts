import { startDemo } from './lib/demo.ts'
import { type Figures } from './lib/table.ts'

/** Statements, WeCom calls and bytes of opening one customer, cold in the database and fresh. */
export async function measure(): Promise<Figures[]> {
  const demo = await startDemo()
  try {
    const path = `/api/customers/${demo.customerId}/card`
    const rows = []
    for (const state of ['first', 'again']) {
      demo.statements()
      const calls = demo.wecomCalls()
      const answer = await demo.get(path)
      const body = await answer.text()
      rows.push({
        open: state,
        status: answer.status,
        statements: demo.statements(),
        'WeCom calls': demo.wecomCalls() - calls,
        'body bytes': Buffer.byteLength(body),
      })
    }
    return [{ name: 'open', about: 'one card request: SQL statements, WeCom calls, bytes', rows }]
  } finally {
    await demo.close()
  }
}
