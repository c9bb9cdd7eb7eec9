import { defineConfig } from '@playwright/test'
import { findBrowser } from '../scripts/browser.ts'

const browser = await findBrowser()

/** Everything goes through the chat window of a demo started for this run (see global-setup.ts), so one worker at a time keeps its state legible. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results',
  globalSetup: './global-setup.ts',
  workers: 1,
  forbidOnly: true,
  timeout: 30_000,
  expect: { timeout: 7_000 },
  reporter: [['list']],
  use: {
    baseURL: process.env['PANGBAI_E2E_URL'] ?? '',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    screenshot: 'only-on-failure',
    trace: 'off',
    launchOptions: { executablePath: browser.executablePath, args: browser.args },
  },
})
