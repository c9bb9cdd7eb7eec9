import { notice, previewImage, showProfile } from './dialogs.js'

const isWeb = (url) => /^https?:\/\//.test(String(url ?? ''))

/**
 * What the client merely displays when a page asks: pictures, cards, another browser, the clipboard.
 * `chatOf(id)` finds a conversation for its name and picture; `closePage()` ends a phone's full-screen page.
 */
export function createShows({ chatOf, closePage }) {
  const shows = {
    imagePreview: ({ current, urls = [] }) => {
      const src = current || urls[0]
      if (isWeb(src)) previewImage(src)
    },
    openUserProfile: ({ userid }) => {
      const chat = chatOf(userid)
      showProfile(chat?.title ?? userid, userid, chat?.avatar)
    },
    openEnterpriseChat: ({ groupName }) => notice(`客户端打开了聊天${groupName ? `「${groupName}」` : ''}`),
    openDefaultBrowser: ({ url }) => {
      if (isWeb(url)) window.open(url, '_blank', 'noopener')
    },
    setClipboardData: ({ data }) => {
      navigator.clipboard?.writeText(String(data ?? '')).catch((error) => notice(`没能写进剪贴板：${error.message}`))
    },
    closeWindow: () => closePage(),
    fault: ({ error }) => notice(error.message),
  }
  return (name, params) => Object.hasOwn(shows, name) && shows[name](params)
}
