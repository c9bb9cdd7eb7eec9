import { defineMessages } from '#web/lib/i18n.ts'

export const t = defineMessages({
  send: ['发送', 'Send'],
  sending: ['发送中…', 'Sending…'],
  sendingPart: ['发送中 {part}/{of}', 'Sending {part}/{of}'],
  handedOver: ['已交给聊天', 'Handed to the chat'],
  pressEnter: ['如在输入框里，请按回车', 'If it is in the input box, press Enter'],
  cancelled: ['已取消，没有发出', 'Cancelled, nothing was sent'],
  cancelledAt: ['停在第 {part} 条，共 {of} 条', 'Stopped at part {part} of {of}'],
  goOn: ['继续', 'Go on'],
  giveUp: ['不发了', 'Stop here'],
  retry: ['重试', 'Try again'],
  copy: ['复制', 'Copy'],
  copied: ['已复制，可直接粘贴', 'Copied, ready to paste'],
  copyFailed: ['没能复制，请长按文字复制', 'Could not copy; select the text by hand'],
  failed: ['没发出去：{why}', 'Not sent: {why}'],
  failedAt: ['第 {part} 条没发出去：{why}', 'Part {part} was not sent: {why}'],
  missing: ['缺少{names}，补上后再发', 'Missing {names}; fill in before sending'],
  actOn: ['{act}：{title}', '{act}: {title}'],
})

/** Why the chat did not take it, by what kind of refusal it was. */
export const whyNot = defineMessages({
  cancelled: ['已取消', 'it was cancelled'],
  no_permission: [
    '应用缺少「客户联系」权限，请管理员开通',
    'the app lacks the customer contact permission; ask your admin',
  ],
  wrong_entry: ['这里不是客户聊天，请在客户会话里打开', 'this is not a customer chat; open it from one'],
  unsupported: ['当前企业微信版本不支持，请升级', 'this WeCom version cannot do it; please update'],
  bad_message: [
    '企业微信不接受这条内容，图片或链接可能有误',
    'WeCom refused the content; a picture or link may be wrong',
  ],
  bad_signature: ['页面签名失效，请关掉侧边栏再打开', 'the page’s signature is no longer valid; reopen the sidebar'],
  untrusted_domain: [
    '域名不在可信列表，请管理员检查应用设置',
    'the domain is not trusted; ask your admin to check the app',
  ],
  aborted: ['企业微信中断了，请重试', 'WeCom interrupted it; try again'],
  timeout: [
    '企业微信没有回应，先看聊天里有没有，再决定重试',
    'WeCom did not answer; look in the chat before trying again',
  ],
  outside: ['请在企业微信里打开', 'open this inside WeCom'],
  unknown: ['企业微信没有说明原因', 'WeCom gave no reason'],
  chat_changed: ['聊天已切到别的客户', 'the chat has moved to another customer'],
})
