import { createSimulator } from '../create.ts'
import type { Shop } from '../types.ts'
import { tinyShop } from './tiny-shop.ts'

/** A simulator on a clock of its own, and a caller with a valid token. */
export function openSimulator(shop: Shop = tinyShop(), more: Partial<Parameters<typeof createSimulator>[0]> = {}) {
  let time = Date.parse('2026-01-05T01:00:00Z')
  const sim = createSimulator({
    shop,
    publicUrl: 'http://app.test',
    clock: () => new Date(time),
    callbackRetryMs: 1,
    ...more,
  })
  const get = async (path: string) => (await sim.app.request(path)).json() as Promise<Record<string, unknown>>
  const token = async (secret = sim.world.secret) =>
    String((await get(`/cgi-bin/gettoken?corpid=${sim.world.corpId}&corpsecret=${secret}`))['access_token'])
  /** Calls with a fresh token; a body makes it a POST. */
  async function call(
    path: string,
    body?: unknown,
    given?: string,
  ): Promise<Record<string, unknown> & { errcode?: number }> {
    const url = `/cgi-bin/${path}${path.includes('?') ? '&' : '?'}access_token=${given ?? (await token())}`
    const answer = await sim.app.request(url, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) })
    return (await answer.json()) as Record<string, unknown> & { errcode?: number }
  }
  return { ...sim, sim, get, token, call, advance: (seconds: number) => void (time += seconds * 1000) }
}
