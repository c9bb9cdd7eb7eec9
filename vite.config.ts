import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The app is downloaded at once, but the page's inline script starts it: after the first frame, which shows the name. */
const startedByPage: Plugin = {
  name: 'started-by-page',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (html, { path }) =>
      path !== '/sidebar.html'
        ? html
        : html.replace(
            /<script type="module" crossorigin src="([^"]+)"><\/script>/,
            '<link rel="modulepreload" crossorigin href="$1" id="app-code">',
          ),
  },
}

/** Modules the sidebar's entry imports statically: what a browser fetches before the card. */
const first = new Set<string>()
const firstModules: Plugin = {
  name: 'first-modules',
  apply: 'build',
  buildEnd() {
    const visit = (id: string) => {
      // The icons' barrel leads to all icons of all parts.
      if (first.has(id) || id.includes('@lucide/vue')) return
      first.add(id)
      for (const next of this.getModuleInfo(id)?.importedIds ?? []) visit(next)
    }
    visit(here('web/apps/sidebar/main.ts'))
  },
}

/** Each surface is built by itself, so that the desk's needs do not cut the sidebar's first load into more pieces. */
export default defineConfig(({ mode }) => ({
  root: 'web',
  publicDir: false,
  // Not used here, 2 kB of the first load.
  define: { __VUE_OPTIONS_API__: false },
  plugins: [vue(), startedByPage, firstModules],
  // Current Windows clients still report Chromium 107, older ones 103.
  build: {
    outDir: here('dist/web'),
    emptyOutDir: mode !== 'desk',
    target: ['chrome103', 'safari15'],
    cssTarget: ['chrome103', 'safari15'],
    modulePreload: { polyfill: false },
    manifest: mode !== 'desk',
    rollupOptions: {
      input: mode === 'desk' ? { desk: here('web/desk.html') } : { sidebar: here('web/sidebar.html') },
      // One file packs a twentieth better than the two dozen that later parts would share with it.
      ...(mode !== 'desk' && {
        output: { codeSplitting: { groups: [{ name: 'first', test: (id: string) => first.has(id) }] } },
      }),
      // Contracts are data: a surface carries those it uses.
      treeshake: { manualPureFunctions: ['endpoint', 'z'] },
    },
  },
  test: {
    root: here('.'),
    // Many suites wait for processes they kill and start again: on two cores one worker alone would leave the machine idle.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['{server,shared,simulator,scripts,bench}/**/*.test.ts'],
          exclude: ['**/*.db.test.ts', '**/node_modules/**'],
        },
      },
      { extends: true, test: { name: 'web', environment: 'happy-dom', include: ['web/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'db',
          environment: 'node',
          include: ['{server,scripts}/**/*.db.test.ts'],
          globalSetup: ['server/testing/postgres.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
}))
