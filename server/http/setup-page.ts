/** What is asked: the setting, its label, where it stands in WeCom's console, and whether it may be left out. */
const FIELDS: [name: string, label: string, where: string, optional?: true][] = [
  ['PUBLIC_URL', '旁白的网址', '浏览器和企业微信要打开的 https 地址，如 https://pangbai.example.com'],
  ['WECOM_CORP_ID', '企业 ID', '我的企业 → 企业信息'],
  ['WECOM_AGENT_ID', 'AgentId', '应用管理 → 自建 → 这个应用'],
  ['WECOM_SECRET', 'Secret', '同一个应用的 Secret'],
  ['DOMAIN_VERIFY', '域名验证码', '应用 → 网页授权及 JS-SDK：文件名 WW_verify_ 和 .txt 之间的那串', true],
  ['DATABASE_URL', 'PostgreSQL', 'postgres:// 地址；不填用内置的', true],
]
export const fieldNames: readonly string[] = FIELDS.map(([name]) => name)

const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)

const page = (
  body: string,
): string => `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>接到企业微信 · 旁白</title><style>:root{color-scheme:light dark}body{max-width:560px;margin:0 auto;padding:24px 16px;font:16px/1.6 system-ui,sans-serif}
label{display:block;margin:14px 0 0;font-weight:600}small{display:block;font-weight:400;opacity:.75}input{box-sizing:border-box;width:100%;min-height:44px;margin-top:4px;padding:8px 12px;font:inherit;border:1px solid #8886;border-radius:8px}
button{min-height:44px;margin-top:20px;padding:0 24px;font:inherit;border:0;border-radius:8px;background:#1f242b;color:#fff}.bad{color:#c02b2b}@media(prefers-color-scheme:dark){button{background:#e8eaed;color:#15191f}.bad{color:#ff8f8f}}
code{overflow-wrap:anywhere;user-select:all}</style></head><body>${body}</body></html>`

/** The form as it was typed, with what is wrong beside each field. A secret is never written back. */
export function formText(code: string, typed: Record<string, string>, problems: Record<string, string>): string {
  const fields = FIELDS.map(([name, label, where, optional]) => {
    const problem = problems[name] ? `<small class="bad" role="alert">${escape(problems[name])}</small>` : ''
    const secret = name === 'WECOM_SECRET'
    const value = secret ? '' : escape(typed[name] ?? '')
    return `<label>${label}${optional ? '（可不填）' : ''}<small>${where}</small>${problem}<input name="${name}" type="${secret ? 'password' : 'text'}" value="${value}" autocomplete="off" spellcheck="false"${optional ? '' : ' required'}></label>`
  })
  const others = Object.entries(problems).filter(([name]) => !fieldNames.includes(name))
  const told = others.map(([, problem]) => `<p class="bad" role="alert">${escape(problem)}</p>`).join('')
  return page(`<h1>接到企业微信</h1><p>填四项就够。其余的密钥由旁白生成，写进只有你能读的 <code>.env</code>。</p>${told}
<form method="post" action="/setup"><input type="hidden" name="code" value="${escape(code)}">${fields.join('')}<button>写入设置</button></form>`)
}

/** What is left to do in WeCom's console, with what has to be pasted there. */
export const doneText = ({
  callback,
  token,
  key,
  page: sidebar,
  said,
}: Record<'callback' | 'token' | 'key' | 'page', string> & { said: string | undefined }): string =>
  page(`<h1>设置已写入</h1>
<p${said ? ' class="bad" role="alert"' : ''}>${said ? `还没有和企业微信对上：${escape(said)}` : '已向企业微信核对：企业 ID、Secret 和 AgentId 属于同一个应用。'}</p><ol>
<li>在终端里按 Ctrl-C，再运行 <code>npm start</code>。</li>
<li>企业微信后台 → 应用 → 接收消息 → 设置 API 接收：<br>URL <code>${escape(callback)}</code><br>Token <code>${escape(token)}</code><br>EncodingAESKey <code>${escape(key)}</code></li>
<li>应用 → 网页授权及 JS-SDK：可信域名；应用 → 企业可信 IP：服务器的出口 IP。</li>
<li>客户联系 → API → 可调用接口的应用：勾选这个应用。</li>
<li>应用 → 配置到聊天工具栏：<code>${escape(sidebar)}</code></li>
<li><code>npm run doctor</code> 逐项检查，说明哪里还不对。</li></ol>`)
