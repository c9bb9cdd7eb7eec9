import { parseArgs } from 'node:util'
import { DEMO_CALLBACK } from './create.ts'
import { buildShop } from './shop/shop.ts'
import { startSimulator } from './start.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '5190' },
    upstream: { type: 'string' },
    callback: { type: 'string' },
    state: { type: 'string' },
  },
})
const out = (line: string) => void process.stdout.write(`${line}\n`)
const simulator = await startSimulator({
  port: Number(values.port),
  shop: buildShop(new Date()),
  log: out,
  ...(values.upstream && { upstream: values.upstream }),
  ...(values.callback && { callback: { url: values.callback, ...DEMO_CALLBACK } }),
  ...(values.state && { stateFile: values.state }),
})
const { settings } = simulator
out(`模拟的企业微信  ${simulator.url}   控制台  ${simulator.origin}/__sim/control`)
out(`WECOM_API_BASE=${settings.apiBase}\nWECOM_OAUTH_BASE=${settings.oauthBase}`)
out(`WECOM_CORP_ID=${settings.corpId}\nWECOM_AGENT_ID=${settings.agentId}\nWECOM_SECRET=${settings.secret}`)
out(`WECOM_CALLBACK_TOKEN=${settings.callbackToken}\nWECOM_CALLBACK_AES_KEY=${settings.callbackAesKey}`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.close())
