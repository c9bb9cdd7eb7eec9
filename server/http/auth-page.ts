import { html } from 'hono/html'

/** A small page that says why signing in failed. Everything given is escaped. */
export const authPage = (page: { title: string; message: string; code: string; requestId: string; again: string }) =>
  html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${page.title} · 旁白</title>
        <style>
          body {
            font:
              16px/1.6 system-ui,
              'PingFang SC',
              'Microsoft YaHei',
              sans-serif;
            max-width: 24em;
            margin: 15vh auto 0;
            padding: 0 24px;
          }
          h1 {
            font-size: 20px;
          }
          p {
            margin: 12px 0;
          }
          small {
            color: #767a82;
            overflow-wrap: anywhere;
          }
          a {
            display: inline-block;
            padding: 10px 20px;
            border-radius: 8px;
            background: #2a6ae9;
            color: #fff;
            text-decoration: none;
          }
        </style>
      </head>
      <body>
        <h1>${page.title}</h1>
        <p>${page.message}</p>
        <p><a href="${page.again}">重新登录 Sign in again</a></p>
        <p><small>${page.code} · ${page.requestId}</small></p>
      </body>
    </html> `
