import { mediaUrl } from './api.js'
import { el, icon } from './dom.js'
import { summary } from './message-rules.js'

const isWeb = (url) => /^https?:\/\//.test(String(url ?? ''))

function picture(src, alt, gone) {
  const image = el('img', { src, alt, loading: 'lazy' })
  image.addEventListener('error', () => image.replaceWith(gone()))
  return image
}

function image({ image: { mediaid } }, { preview }) {
  const src = mediaUrl(mediaid)
  const gone = () => el('span', { class: 'gone', textContent: '图片已过期或已被清理' })
  return el(
    'button',
    { type: 'button', class: 'bubble picture', 'aria-label': '查看图片', onclick: () => preview(src) },
    picture(src, '图片', gone),
  )
}

function card({ title, desc, imgUrl, link, kind }) {
  const thumb = el('span', { class: 'thumb' }, icon('link'))
  if (isWeb(imgUrl)) thumb.replaceChildren(picture(imgUrl, '', () => icon('link')))
  const inside = [
    el('strong', { textContent: title }),
    el('span', { class: 'body' }, el('span', { class: 'desc', textContent: desc ?? '' }), thumb),
    kind ? el('span', { class: 'kind', textContent: kind }) : null,
  ]
  return isWeb(link)
    ? el('a', { class: 'bubble card', href: link, target: '_blank', rel: 'noopener noreferrer' }, inside)
    : el('div', { class: 'bubble card' }, inside)
}

function menu({ msgmenu }) {
  const lines = msgmenu.list.map((item) => el('li', { textContent: item[item.type]?.content ?? item.type }))
  return el('div', { class: 'bubble' }, el('p', { textContent: msgmenu.head_content ?? '' }), el('ul', {}, lines))
}

const SHAPES = {
  text: ({ text }) => el('p', { class: 'bubble', textContent: text.content }),
  image,
  news: ({ news }) => card({ ...news, desc: news.desc || news.link }),
  miniprogram: ({ miniprogram }) => card({ ...miniprogram, desc: miniprogram.page, kind: '小程序' }),
  msgmenu: menu,
  channels_shop_product: ({ channelsShopProduct: product }) =>
    card({
      title: product.title || product.productId,
      desc: product.shopNickname,
      imgUrl: product.imgUrl,
      kind: '视频号商品',
    }),
}

/** One message's bubble; whatever it holds is shown as text, never as markup. */
export function bubble(body, tools) {
  const shape = Object.hasOwn(SHAPES, body.msgtype) ? SHAPES[body.msgtype] : null
  return shape ? shape(body, tools) : el('p', { class: 'bubble', textContent: summary(body) })
}
