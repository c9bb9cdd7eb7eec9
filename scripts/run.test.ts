import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const RUN = fileURLToPath(new URL('run.mjs', import.meta.url))

/** Runs the guard in a Node that believes to be of another version. */
function runAs(version: string) {
  const pretend = `Object.defineProperty(process.versions, 'node', { value: '${version}' })`
  const preload = `data:text/javascript,${encodeURIComponent(pretend)}`
  const script = 'data:text/javascript,'
  return spawnSync(process.execPath, ['--import', preload, RUN, script], { encoding: 'utf8' })
}

test.each(['18.20.4', '20.20.0', '22.17.1'])('Node %s is refused in one sentence in two languages', (version) => {
  const { status, stderr } = runAs(version)
  expect(status).toBe(1)
  expect(stderr).toMatch(new RegExp(`旁白需要 Node 22.18 以上，这里是 ${version}`))
  expect(stderr).toContain('Pangbai needs Node 22.18 or newer')
  expect(stderr).not.toContain('    at ')
})

test.each(['22.18.0', '24.9.0', '26.0.0'])('Node %s is let through', (version) => {
  expect(runAs(version).stderr).not.toContain('旁白需要')
})
