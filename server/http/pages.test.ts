import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { afterAll, expect, test, vi } from 'vitest'
import type { Actor, Deps } from '../context.ts'
import { createLog } from '../log.ts'
import { signature } from '../wecom/jssdk.ts'
import type { Env } from './mount.ts'
import { bootBlock, loadPages, pages, type WebPages } from './pages.ts'
import { protect } from './security.ts'
import type { Sessions } from './session.ts'

const US = 'https://pangbai.example.com'
const folder = mkdtempSync(join(tmpdir(), 'pangbai-pages-'))
afterAll(() => rmSync(folder, { recursive: true }))

const INLINE = `document.documentElement.dataset.start = '1'`
mkdirSync(join(folder, 'assets'))
writeFileSync(join(folder, 'assets', 'main-abc123.js'), 'const words = "旁白";\n'.repeat(200))
writeFileSync(join(folder, 'assets', 'logo-abc123.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47]))
writeFileSync(
  join(folder, 'sidebar.html'),
  `<!doctype html><head><!--boot--><script>${INLINE}</script><script type="module" src="/assets/main-abc123.js"></script></head><p>旁白</p>`,
)
writeFileSync(join(folder, 'desk.html'), '<!doctype html><head><!--boot--></head><p>工作台</p>')
const web = (await loadPages(folder)) as WebPages

const NAME = `</script><script>alert(1)</script><!-- $& $' \u2028`

function serve(actor: Actor, ticket: (kind: string) => Promise<string> = async (kind) => `ticket-${kind}`) {
  const app = new Hono<Env>()
  const deps = {
    config: { publicUrl: US, wecom: { corpId: 'ww1', agentId: 1000002 } },
    db: { execute: async () => [{ name: NAME, store_name: '湖滨店' }] },
    wecom: { ticket },
    now: () => new Date('2026-01-05T01:00:00Z'),
    log: createLog('silent'),
  } as unknown as Deps
  app.use(protect(deps))
  pages(app, deps, { identify: async () => actor } as unknown as Sessions, web)
  return (path: string, headers: Record<string, string> = {}) => app.request(`http://10.0.0.7:3000${path}`, { headers })
}

const member: Actor = { kind: 'member', userId: 'rep-a', name: '林' }

async function bootOf(res: Response) {
  const html = await res.text()
  const json = /<script type="application\/json" id="boot">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? 'null'
  return {
    html,
    boot: JSON.parse(json) as { signature: { url: string; agent: never } | null } & Record<string, unknown>,
  }
}

test('without a session the sidebar leads to signing in, and back to the very same address', async () => {
  const res = await serve({ kind: 'nobody' })('/sidebar?entry=single_chat_tools&kw=%E5%BC%A0')
  expect(res.status).toBe(302)
  expect(res.headers.get('location')).toBe(
    '/auth/login?return=%2Fsidebar%3Fentry%3Dsingle_chat_tools%26kw%3D%25E5%25BC%25A0',
  )
})

test('the page carries who, when, and a signature for the address the browser has, behind whatever proxy', async () => {
  const { boot } = await bootOf(await serve(member)('/sidebar?entry=single_chat_tools&kw=%E5%BC%A0'))
  const url = `${US}/sidebar?entry=single_chat_tools&kw=%E5%BC%A0`
  expect(boot).toMatchObject({
    corpId: 'ww1',
    agentId: '1000002',
    me: { userId: 'rep-a', name: NAME, storeName: '湖滨店' },
    serverTime: '2026-01-05T01:00:00.000Z',
    signature: { url },
  })
  const signed = boot.signature?.agent as unknown as { signature: string; nonceStr: string; timestamp: number }
  expect(signed.signature).toBe(signature('ticket-agent', signed, url))
})

test('no name can end the data block or start a script', async () => {
  const { html } = await bootOf(await serve(member)('/sidebar'))
  expect(html.match(/<script/g)).toHaveLength(3)
  expect(html).not.toContain('<script>alert')
  expect(bootBlock({ name: NAME }).slice(0, -9).lastIndexOf('<')).toBe(0)
})

test('with WeCom down the page is served all the same, without a signature', async () => {
  const failing = serve(member, async () => Promise.reject(new Error('down')))
  expect((await bootOf(await failing('/sidebar'))).boot['signature']).toBeNull()
})

test('a WeCom that never answers holds the page up for a second and a half at most', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  const answer = serve(member, () => new Promise(() => undefined))('/sidebar')
  await vi.advanceTimersByTimeAsync(1_501)
  vi.useRealTimers()
  expect((await bootOf(await answer)).boot['signature']).toBeNull()
})

test("the policy names the page's own inline scripts by hash and lets no other run", async () => {
  const policy = (await serve(member)('/sidebar')).headers.get('content-security-policy') ?? ''
  expect(policy).toContain(`'sha256-${createHash('sha256').update(INLINE).digest('base64')}'`)
  expect(web.scriptHashes).toHaveLength(1)
})

test('the page is never cached and comes compressed', async () => {
  const res = await serve(member)('/sidebar', { 'accept-encoding': 'gzip, deflate, br' })
  expect(res.headers.get('cache-control')).toBe('no-store')
  expect(res.headers.get('content-encoding')).toBe('gzip')
  expect(gunzipSync(await res.arrayBuffer()).toString()).toContain('id="boot"')
})

test('scripts are cacheable for ever and come in the best encoding the browser takes', async () => {
  const get = serve({ kind: 'nobody' })
  const br = await get('/assets/main-abc123.js', { 'accept-encoding': 'gzip, br' })
  expect(br.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(br.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(brotliDecompressSync(await br.arrayBuffer()).toString()).toContain('旁白')
  const gzip = await get('/assets/main-abc123.js', { 'accept-encoding': 'gzip, br;q=0' })
  expect(gzip.headers.get('content-encoding')).toBe('gzip')
  const plain = await get('/assets/main-abc123.js')
  expect([plain.headers.get('content-encoding'), plain.headers.get('vary')]).toEqual([null, 'accept-encoding'])
})

test('pictures are not compressed again', async () => {
  const res = await serve(member)('/assets/logo-abc123.png', { 'accept-encoding': 'gzip, br' })
  expect([res.headers.get('content-encoding'), res.headers.get('content-type')]).toEqual([null, 'image/png'])
})

test.for(['/assets/none.js', '/assets/../sidebar.html', '/assets/%2e%2e%2fsidebar.html', '/assets/', '/assets'])(
  '%s is not there',
  async (path) => {
    expect((await serve(member)(path)).status).toBe(404)
  },
)

test('nothing built, nothing served; a page without a place for its data is a mistake', async () => {
  expect(await loadPages(join(folder, 'nowhere'))).toBeUndefined()
  const broken = join(folder, 'broken')
  mkdirSync(broken)
  writeFileSync(join(broken, 'sidebar.html'), '<p>')
  writeFileSync(join(broken, 'desk.html'), '<!--boot-->')
  await expect(loadPages(broken)).rejects.toThrow('exactly once')
})
