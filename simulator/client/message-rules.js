import { mediaKnown } from './api.js'

/** Longest text a chat takes; WeCom names no figure, its other text messages stop near here. */
const TEXT_MAX = 4000

const isWeb = (url) => /^https?:\/\/[^\s/]/.test(String(url ?? ''))
const filled = (value) => typeof value === 'string' && value.trim() !== ''

async function media(body) {
  if (!filled(body.mediaid)) return 'invalid param, mediaid is empty'
  return (await mediaKnown(body.mediaid)) ? null : 'invalid param, mediaid is unknown or expired'
}

const RULES = {
  text(body) {
    if (!filled(body.content)) return 'invalid param, content empty'
    return [...body.content].length > TEXT_MAX ? 'invalid param, content too long' : null
  },
  image: media,
  video: media,
  file: media,
  news(body) {
    if (!isWeb(body.link) || !filled(body.title)) return 'invalid param, link or title is invalid'
    return body.imgUrl && !isWeb(body.imgUrl) ? 'invalid param, link or img_url is invalid' : null
  },
  miniprogram(body) {
    if (!filled(body.appid) || !filled(body.title) || !String(body.page ?? '').endsWith('.html')) {
      return 'invalid miniprogram info'
    }
    return isWeb(body.imgUrl) ? null : 'invalid imgUrl'
  },
  msgmenu: (body) => (Array.isArray(body.list) && body.list.length > 0 ? null : 'invalid param, list is empty'),
  channels_shop_product: (body) => (filled(body.productId) ? null : 'invalid param, productId is empty'),
}

/** The member of the parameters that holds a message's body; one type's is not its own name. */
const bodyKey = (msgtype) => (msgtype === 'channels_shop_product' ? 'channelsShopProduct' : msgtype)

/**
 * Reads the parameters of sendChatMessage as the client does.
 * → `{message: {msgtype, [msgtype]: body}}` or `{refusal: 'invalid param…'}`
 */
export async function readMessage(params) {
  const { msgtype } = params
  const rule = Object.hasOwn(RULES, String(msgtype)) ? RULES[msgtype] : null
  const body = params[bodyKey(msgtype)]
  if (!rule || typeof body !== 'object' || body === null) return { refusal: 'invalid param' }
  const refusal = await rule(body)
  return refusal ? { refusal } : { message: { msgtype, [bodyKey(msgtype)]: body } }
}

/** One line of a message, for lists and dialogs. */
export function summary(body) {
  if (!body) return ''
  if (body.msgtype === 'text') return body.text?.content ?? ''
  if (body.msgtype === 'news') return `[链接] ${body.news?.title ?? ''}`
  if (body.msgtype === 'miniprogram') return `[小程序] ${body.miniprogram?.title ?? ''}`
  if (body.msgtype === 'msgmenu') return body.msgmenu?.head_content || '[菜单]'
  const kinds = { image: '图片', video: '视频', file: '文件', channels_shop_product: '商品' }
  return `[${kinds[body.msgtype] ?? body.msgtype}]`
}
