import { expect, test } from 'vitest'
import { createApp } from './http/app.ts'
import { createMetrics, serveMetrics } from './metrics.ts'
import { createWorld } from './testing/world.ts'

const world = await createWorld()
const { deps } = world

test('routes are counted as declared, WeCom by errcode, and what waits as it is at that moment; no id of anybody is a label', async () => {
  const metrics = createMetrics(deps.sql)
  const app = createApp(deps, world.sessions, undefined, metrics)
  await app.request('http://pangbai.test/api/customers/wmSecretCustomer/card')
  metrics.wecomCall('/cgi-bin/externalcontact/get', 45009)
  await deps.sql`insert into outbox (customer_id, user_id, write, created_at)
    values ('wmSecretCustomer', 'rep-a', '{"kind":"tags"}', now() - interval '2 minutes')`
  metrics.watchBudgets(() => ({ '/cgi-bin/externalcontact/get': 7_999 }))
  const served = await serveMetrics(metrics, 0)
  const text = await (await fetch(`http://127.0.0.1:${served.port}/metrics`)).text()
  const elsewhere = await fetch(`http://127.0.0.1:${served.port}/`)
  served.close()
  expect(text).toContain('route="/api/customers/:customerId/card",status="401"')
  expect(text).toContain('pangbai_wecom_calls_total{api="/cgi-bin/externalcontact/get",errcode="45009"} 1')
  expect(text).toContain('pangbai_wecom_budget_left{api="/cgi-bin/externalcontact/get"} 7999')
  expect(text).toMatch(/pangbai_cache_reads\{cache="session",outcome="miss"\} \d/)
  expect(text).toContain('pangbai_outbox_waiting 1')
  expect(Number(/pangbai_outbox_age_seconds (\d+)/.exec(text)?.[1])).toBeGreaterThanOrEqual(120)
  expect(text).not.toContain('wmSecretCustomer')
  expect([elsewhere.status, (await world.app.request('http://pangbai.test/metrics')).status]).toEqual([404, 404])
})
