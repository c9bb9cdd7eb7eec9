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
  chatChanged: ['聊天已切到别的客户', 'the chat has moved to another customer'],
  missing: ['缺少{names}，改一下再发', 'Missing {names}: edit before sending'],
  lost: ['有 {n} 条发送记录没能保存', '{n} send records could not be saved'],
  actOn: ['{act}：{title}', '{act}: {title}'],
})
