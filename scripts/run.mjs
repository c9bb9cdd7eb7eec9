// The one file that must load on any Node: it says in words that an old one will not do, then runs `node scripts/run.mjs X.ts`.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `旁白需要 Node 22.18 以上，这里是 ${process.versions.node}：请升级 Node，或重新 npm ci（不要 --ignore-scripts，会自带 Node 24）。` +
      `\nPangbai needs Node 22.18 or newer, this is ${process.versions.node}: upgrade it, or run npm ci without --ignore-scripts.`,
  )
  process.exit(1)
}
const { pathToFileURL } = await import('node:url')
const { resolve } = await import('node:path')
// The script sees its own name and arguments, as if it had been started itself.
process.argv.splice(1, 1)
await import(pathToFileURL(resolve(process.argv[1])).href)
