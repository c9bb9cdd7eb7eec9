import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Hono } from 'hono'
import { ConfigError, loadConfig } from '../config.ts'
import type { Deps } from '../context.ts'
import { AppError } from '../errors.ts'
import { signed } from '../wecom/crypto.ts'
import { type Refusal, tryApp } from '../wecom/try-app.ts'
import { CALLBACK_PATH } from './callback.ts'
import type { Env } from './mount.ts'
import { doneText, fieldNames, formText } from './setup-page.ts'

const LARGEST = 8_192
const FILE = resolve('.env')

/** The settings a form makes: what was typed, and what needs nobody's thought. */
export function settingsOf(typed: Record<string, string>): Record<string, string> {
  const made = {
    SESSION_SECRET: randomBytes(48).toString('base64url'),
    WECOM_CALLBACK_TOKEN: randomBytes(24)
      .toString('base64')
      .replace(/[^A-Za-z0-9]/g, '')
      .slice(0, 24),
    WECOM_CALLBACK_AES_KEY: randomBytes(64)
      .toString('base64')
      .replace(/[^A-Za-z0-9]/g, '')
      .slice(0, 43),
  }
  const given = Object.entries(typed).flatMap(([name, value]): [string, string][] =>
    fieldNames.includes(name) && value.trim() !== '' ? [[name, value.trim()]] : [],
  )
  return { ...made, ...Object.fromEntries(given) }
}

/**
 * The first day: `/setup?code=…`, the address that the terminal prints in the demo and nowhere else. Takes the fewest values, checks them as the start does
 * and with WeCom itself, and writes `.env` for its owner alone; nothing of it is logged, and a file that is there is never overwritten.
 */
export function setup(app: Hono<Env>, { config }: Pick<Deps, 'config'>, file = FILE, ask = tryApp): void {
  const { setupCode } = config
  if (setupCode === undefined) return
  const admit = (code: string | undefined) => {
    if (!signed(setupCode, code ?? '')) throw new AppError('not_found', '没有这个地址')
  }
  app.use('/setup', async (c, next) => {
    c.header('cache-control', 'no-store')
    c.header('referrer-policy', 'no-referrer')
    await next()
  })
  app.get('/setup', (c) => {
    admit(c.req.query('code'))
    return c.html(formText(setupCode, {}, {}))
  })
  app.post('/setup', async (c) => {
    const text = await c.req.text()
    if (text.length > LARGEST) throw new AppError('too_large', '提交的内容太大了')
    const typed = Object.fromEntries(new URLSearchParams(text))
    admit(typed['code'])
    const settings = settingsOf(typed)
    let said: Refusal | undefined
    try {
      const { wecom } = loadConfig({ ...settings, NODE_ENV: 'production' })
      said = await ask(wecom)
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      const problems = Object.fromEntries(error.problems.map(({ setting, message }) => [setting, message]))
      return c.html(formText(setupCode, typed, problems), 400)
    }
    // An address to be trusted yet, or a network that is not there, is for later; a wrong secret is for now.
    if (said?.setting) return c.html(formText(setupCode, typed, { [said.setting]: said.message }), 400)
    const lines = Object.entries({ NODE_ENV: 'production', ...settings }).map(([name, value]) => `${name}=${value}`)
    try {
      await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600, flag: 'wx' })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      return c.html(formText(setupCode, typed, { '': '.env 已经在了，没有覆盖。要重来请先把它挪开。' }), 409)
    }
    const callback = `${settings['PUBLIC_URL']}${CALLBACK_PATH}`
    return c.html(
      doneText({
        callback,
        token: settings['WECOM_CALLBACK_TOKEN']!,
        key: settings['WECOM_CALLBACK_AES_KEY']!,
        page: `${settings['PUBLIC_URL']}/sidebar`,
        said: said?.message,
      }),
    )
  })
}
