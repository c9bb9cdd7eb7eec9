import { html } from 'hono/html'

/** The page of one of the shop's products: what a link card in the pretend chat leads to. All it shows stands in its address. */
export const goodsPage = (sku: string, { name, price }: { name?: string; price?: string }) =>
  html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>${name ?? sku}</title>
        <style>
          body {
            font:
              16px/1.6 system-ui,
              'Noto Sans CJK SC',
              sans-serif;
            max-width: 420px;
            margin: 40px auto;
            padding: 0 16px;
            color-scheme: light dark;
          }
        </style>
      </head>
      <body>
        <h1>${name ?? sku}</h1>
        ${price && html`<p>¥${price}</p>`}
        <p><small>货号 ${sku} · 示例店铺的商品页</small></p>
      </body>
    </html>`
