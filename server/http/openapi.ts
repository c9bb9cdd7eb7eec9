import * as z from 'zod/mini'
import { OpenAnswer, type OpenEndpoint } from '#shared/open.ts'

interface Described {
  endpoint: OpenEndpoint
  list: string
  row: z.ZodMiniType
}

const schemaOf = (shape: z.ZodMiniType): Record<string, unknown> => {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' }) as Record<
    string,
    unknown
  >
  return schema
}

/** The batch with the shape of its rows in place. */
function inputOf({ endpoint, list, row }: Described): Record<string, unknown> {
  const whole = schemaOf(endpoint.input) as { properties: Record<string, Record<string, unknown>> }
  return { ...whole, properties: { ...whole.properties, [list]: { ...whole.properties[list], items: schemaOf(row) } } }
}

/** The OpenAPI 3.1 document, made of the contracts that the routes themselves check. */
export function openApi(origin: string, described: readonly Described[]): object {
  const key = { name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string', format: 'uuid' } }
  const paths = described.map((one) => [
    one.endpoint.path,
    {
      post: {
        summary: one.endpoint.about,
        security: [{ key: [] }],
        tags: [one.endpoint.scope],
        parameters: [key],
        requestBody: { required: true, content: { 'application/json': { schema: inputOf(one) } } },
        responses: {
          200: {
            description: 'An answer for each row',
            content: { 'application/json': { schema: schemaOf(OpenAnswer) } },
          },
          400: { description: 'The batch as a whole cannot be read' },
          401: { description: 'The key is wrong, expired or revoked' },
          403: { description: 'The key is for something else' },
          409: { description: 'The Idempotency-Key named another batch, or the source keeps another currency' },
          429: { description: 'Too many calls in a minute' },
        },
      },
    },
  ])
  return {
    openapi: '3.1.0',
    info: { title: '旁白 Pangbai open API', version: '1' },
    servers: [{ url: origin }],
    components: { securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'pb_…, made by an admin' } } },
    paths: Object.fromEntries(paths),
  }
}

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char] ?? char)

/** The same for people: one page without a script. */
export function openApiPage(origin: string, described: readonly Described[]): string {
  const parts = described.map(
    (
      one,
    ) => `<section><h2>POST ${escape(one.endpoint.path)}</h2><p>${escape(one.endpoint.about)} <em>scope: ${one.endpoint.scope}</em></p>
<pre tabindex="0">curl -X POST ${escape(origin + one.endpoint.path)} \\
  -H 'Authorization: Bearer pb_…' -H "Idempotency-Key: $(uuidgen)" -H 'content-type: application/json' \\
  -d '{…}'</pre><details><summary>JSON schema</summary><pre tabindex="0">${escape(JSON.stringify(inputOf(one), null, 2))}</pre></details></section>`,
  )
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>旁白 开放接口 Open API</title><style>body{max-width:760px;margin:0 auto;padding:24px 16px;font:16px/1.6 system-ui,sans-serif;color:#1f242b;background:#fff}
pre{padding:12px;overflow:auto;border-radius:8px;background:#f2f3f5;font-size:13px}h2{margin-top:32px;font-size:18px}
@media(prefers-color-scheme:dark){body{color:#e8eaed;background:#15191f}pre{background:#23282f}a{color:#8fc0ff}}</style></head>
<body><h1>旁白 开放接口</h1><p>密钥由管理员在工作台「开放接口」里建。每批最多 500 行，逐行回答；同一批重发用同一个 Idempotency-Key，不会重复。
机器可读：<a href="/open/openapi.json">openapi.json</a></p>${parts.join('\n')}</body></html>`
}
