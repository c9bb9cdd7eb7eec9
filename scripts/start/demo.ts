import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from '#server/config.ts'
import type { RunningServer } from '#server/main.ts'
import type { Simulator } from '../../simulator/start.ts'

const SHARED = fileURLToPath(new URL('../../../shared', import.meta.url))

/** Starts the pretend WeCom on the public port, before the product that will sit behind it. */
export async function startPretendWecom(config: Config, log: (line: string) => void): Promise<Simulator> {
  const [{ startSimulator }, { buildShop }] = await Promise.all([
    import('../../simulator/start.ts'),
    import('../../simulator/shop/shop.ts'),
  ])
  return startSimulator({
    port: config.port,
    publicUrl: config.publicUrl,
    shop: buildShop(new Date()),
    stateFile: join(config.dataDir, 'wecom.json'),
    log,
  })
}

/** The demo's configuration: the same as a real one, with the pretend WeCom's addresses and credentials. */
export function withPretendWecom(config: Config, { settings }: Pick<Simulator, 'settings'>): Config {
  return {
    ...config,
    wecom: {
      apiBase: settings.apiBase,
      authorizeUrl: `${settings.oauthBase}/connect/oauth2/authorize`,
      webLoginUrl: `${settings.oauthBase}/wwlogin/sso/login`,
      corpId: settings.corpId,
      agentId: settings.agentId,
      secret: settings.secret,
      callbackToken: settings.callbackToken,
      callbackAesKey: settings.callbackAesKey,
    },
  }
}

/** Replies, images and order histories for the demo. Quick when they are there already. */
export async function stockShop(server: RunningServer, log: (line: string) => void): Promise<void> {
  const { seedDemo } = await import('../demo/seed.ts')
  await seedDemo(server.deps, { sharedDir: SHARED, now: new Date(), log })
}
