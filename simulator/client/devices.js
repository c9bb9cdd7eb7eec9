/** The clients that can be pretended. Agent strings are ones seen in public; `phone` devices open the page full screen. */
const CLIENTS = {
  windows: {
    label: 'Windows 5.0.10',
    platform: 'Win32',
    touch: 0,
    agent: (tokens) =>
      `Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/107.0.5304.110 Safari/537.36 ${tokens} wxwork/5.0.10 (MicroMessenger/6.2) WindowsWechat`,
  },
  mac: {
    label: 'macOS 5.0.10',
    platform: 'MacIntel',
    touch: 0,
    agent: (tokens) =>
      `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) ${tokens} wxwork/5.0.10 (MicroMessenger/6.2) WeChat/2.0.4 Safari/605.1.15`,
  },
  ios: {
    label: 'iPhone 5.0.6',
    platform: 'iPhone',
    touch: 5,
    phone: true,
    agent: (tokens) =>
      `Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 wxwork/5.0.6 MicroMessenger/7.0.1 ${tokens}`,
  },
  android: {
    label: 'Android 5.0.6',
    platform: 'Linux armv81',
    touch: 5,
    phone: true,
    agent: (tokens) =>
      `Mozilla/5.0 (Linux; Android 14; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/138.0.7204.180 Mobile Safari/537.36 XWEB/1380275 MMWEBSDK/20250202 wxwork/5.0.6 MicroMessenger/7.0.1 NetType/WIFI ${tokens}`,
  },
  old: {
    label: '旧版 Windows 3.0.21',
    platform: 'Win32',
    touch: 0,
    agent: () =>
      'Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/53.0.2785.116 Safari/537.36 wxwork/3.0.21 (MicroMessenger/6.2) WindowsWechat',
  },
  wechat: {
    label: '微信（不是企业微信）',
    platform: 'iPhone',
    touch: 5,
    phone: true,
    agent: () =>
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.50 NetType/WIFI Language/zh_CN',
  },
  plain: { label: '普通浏览器' },
}

export const DEVICES = Object.entries(CLIENTS).map(([value, client]) => [value, client.label])

export const isPhone = (device) => CLIENTS[device].phone === true

/**
 * What the framed page must read before its first script: `{userAgent, platform, maxTouchPoints}`,
 * or null for an ordinary browser, which has neither bridge nor disguise.
 */
export function disguise(device, { scheme, lang }) {
  const client = CLIENTS[device]
  if (!client.agent) return null
  const tokens = `Language/${lang} ColorScheme/${scheme === 'dark' ? 'Dark' : 'Light'}`
  return { userAgent: client.agent(tokens), platform: client.platform, maxTouchPoints: client.touch }
}
