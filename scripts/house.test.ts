import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../', import.meta.url))

/** Where a file stands, and what it must not import. */
const REFUSED: [place: string, imports: string, why: string][] = [
  ['shared', 'hono', 'contracts depend on zod alone'],
  ['shared', 'zod', 'the whole of zod is too heavy for a browser'],
  ['shared', '../server/errors.ts', 'contracts know neither half'],
  ['web/features/tags', '../replies/ReplyPanel.vue', 'features are composed in an app'],
  ['web/features/tags', '#web/features/replies/ReplyPanel.vue', 'features are composed in an app'],
  ['web/features/tags', '#web/apps/sidebar/App.vue', 'a feature knows no app'],
  ['web/features/tags', '#server/errors.ts', 'the browser never sees the server'],
  ['web/lib', '#server/errors.ts', 'the browser never sees the server'],
  ['web/lib', '../../server/errors.ts', 'the browser never sees the server'],
  ['web/lib', 'node:fs', 'the browser has no files'],
  ['web/lib', '../../simulator/types.ts', 'the product does not know the pretend WeCom'],
  ['server/features/tags', '../customers/queries.ts', "another feature's door is its service.ts"],
  ['server/features/tags', '#server/features/customers/queries.ts', "another feature's door is its service.ts"],
  ['server/features/tags', 'hono', 'features know no HTTP framework'],
  ['server/features/tags', 'axios', 'features make no calls of their own'],
  ['server/features/tags', '../../wecom/schemas.ts', "WeCom's wire names stay in server/wecom"],
  ['server/features/tags', '../../../simulator/types.ts', 'the product does not know the pretend WeCom'],
  ['server/http', '../../simulator/types.ts', 'the product does not know the pretend WeCom'],
  ['server/http', '#web/lib/api.ts', 'the server does not see the browser half'],
  ['server/http', '../../web/lib/api.ts', 'the server does not see the browser half'],
  ['simulator', '#server/errors.ts', 'the pretend WeCom is useful without the product'],
  ['simulator', '../server/errors.ts', 'the pretend WeCom is useful without the product'],
  ['simulator/api', '../../shared/ids.ts', 'the pretend WeCom is useful without the product'],
  ['simulator', '#shared/ids.ts', 'the pretend WeCom is useful without the product'],
]

/** The control: what each part does import. */
const ALLOWED: [place: string, imports: string][] = [
  ['shared', 'zod/mini'],
  ['shared', './ids.ts'],
  ['web/features/tags', '#shared/tags.ts'],
  ['web/features/tags', './TagSheet.vue'],
  ['web/features/tags', '#web/ui/AppButton.vue'],
  ['web/apps/sidebar', '#web/features/tags/TagSheet.vue'],
  ['server/features/tags', '../customers/service.ts'],
  ['server/features/tags', '../customers/tables.ts'],
  ['server/features/tags', './queries.ts'],
  ['server/features/tags', '#shared/tags.ts'],
  ['server/http', '../features/tags/routes.ts'],
  ['server/http', 'hono'],
  ['simulator', 'hono'],
  ['simulator', './types.ts'],
]

const house = mkdtempSync(join(tmpdir(), 'pangbai-house-'))
afterAll(() => rmSync(house, { recursive: true, force: true }))

const fileOf = (place: string, imports: string) => `${place}/case-${Buffer.from(imports).toString('hex')}.ts`

/** Lints one small file per case under the project's own rules (types aside); what was refused, file by file. */
function lint(): Set<string> {
  const rules = JSON.parse(readFileSync(join(ROOT, '.oxlintrc.json'), 'utf8')) as { options?: object }
  writeFileSync(
    join(house, '.oxlintrc.json'),
    JSON.stringify({ ...rules, options: { ...rules.options, typeAware: false } }),
  )
  for (const [place, imports] of [...REFUSED, ...ALLOWED]) {
    const file = join(house, fileOf(place, imports))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `import * as other from '${imports}'\nexport const all = other\n`)
  }
  const run = spawnSync(join(ROOT, 'node_modules/.bin/oxlint'), ['--format', 'json'], { cwd: house, encoding: 'utf8' })
  if (!run.stdout.startsWith('{')) throw new Error(`oxlint did not run: ${run.stdout}${run.stderr}`)
  const found = JSON.parse(run.stdout) as { diagnostics: { filename: string; code: string }[] }
  const restricted = found.diagnostics.filter(({ code }) => code.includes('no-restricted-imports'))
  return new Set(restricted.map(({ filename }) => filename))
}

const refused = lint()

describe('who may import whom', () => {
  test.each(REFUSED)('%s must not import %s: %s', (place, imports) => expect(refused).toContain(fileOf(place, imports)))
  test.each(ALLOWED)('%s may import %s', (place, imports) => expect(refused).not.toContain(fileOf(place, imports)))
})

test('no component writes HTML from data', () => {
  const components = readdirSync(join(ROOT, 'web'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(vue|ts)$/.test(name),
  )
  const unsafe = components.filter(
    (name) =>
      !name.endsWith('.test.ts') &&
      /v-html|innerHTML|outerHTML|insertAdjacentHTML/.test(readFileSync(join(ROOT, 'web', name), 'utf8')),
  )
  expect(unsafe).toEqual([])
})

const sources = ['server', 'shared', 'web', 'simulator', 'scripts', 'bench', 'e2e'].flatMap((part) =>
  readdirSync(join(ROOT, part), { recursive: true, encoding: 'utf8' })
    .map((name) => join(part, name))
    .filter((name) => /\.(ts|mjs|js|vue|css)$/.test(name)),
)
const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8')

test('no source file grows past three hundred lines', () => {
  expect(sources.filter((file) => textOf(file).split('\n').length > 301)).toEqual([])
})

test('a checkout may stand in a folder with a space or Chinese in its name: no path is taken from a URL as it is', () => {
  const encoded = /import\.meta\.url\)\.pathname/
  expect([...sources, 'vite.config.ts'].filter((file) => encoded.test(textOf(file)))).toEqual([])
})

test('whatever is written into the audit log has words on its page, and no filter asks for what nothing writes', () => {
  const server = sources.filter((file) => /^server\/.*(?<!\.test)\.ts$/.test(file)).map(textOf)
  const written = server.flatMap((text) =>
    [...text.matchAll(/action: '([a-z_]+\.[a-z_]+)'/g)].map(([, action]) => action!),
  )
  const page = textOf('web/features/audit/messages.ts')
  const known = [...page.matchAll(/^ {2}'([a-z_]+\.[a-zA-Z_]+)':/gm)].map(([, action]) => action!)
  expect(written.filter((action) => !known.includes(action))).toEqual([])
  // These are put together of two words where they are written.
  const made = /^(library|tags|note|orders|guard)\./
  expect(known.filter((action) => !made.test(action) && !server.some((text) => text.includes(`'${action}'`)))).toEqual(
    [],
  )
})

test('nothing the browser reads holds a lookbehind: Safari before 16.4 could not read that script', () => {
  const browser = sources.filter((file) => /^(web|shared)\//.test(file) && !/\.test\.ts$|product-words/.test(file))
  expect(browser.filter((file) => /\(\?<[=!]/.test(textOf(file)))).toEqual([])
})
