import type { AssistantState, DraftEvent, DraftSource, WithheldReason } from '#shared/drafts.ts'
import { defineMessages } from '#web/lib/i18n.ts'

export const t = defineMessages({
  draft: ['起草', 'Draft'],
  again: ['重新起草', 'Draft again'],
  hint: ['按找到的话术和订单写一段，你改好再发', 'Written from these replies and the orders; you edit and send'],
  leaves: ['去掉姓名、电话、地址后交给语言模型，不会保存', 'Goes to the model without names and numbers; never stored'],
  working: ['正在写… {n} 字', 'Writing… {n} characters'],
  cancel: ['停下', 'Stop'],
  left: ['今天还可 {n} 次', '{n} left today'],
  used: ['今天的起草次数用完了', 'No drafts left today'],
  demo: ['演示模型', 'Demo model'],
  offline: ['网络断了，连上后再起草', 'Offline: draft once connected'],
  edit: ['起草的回复，可以改', 'Drafted reply, yours to edit'],
  sources: ['依据', 'From'],
  blue: ['发送后客户会看到', 'The customer sees it once you send'],
  drop: ['不要了', 'Discard'],
  original: ['用话术原文', 'Use the reply as it is'],
  polish: ['改通顺', 'Polish'],
  shorten: ['缩短', 'Shorten'],
  warmer: ['更亲切', 'Warmer'],
  reword: ['改写', 'Reword'],
  undo: ['还原', 'Undo'],
  summary: ['客户摘要', 'Summary'],
  summarise: ['写一段摘要', 'Write a summary'],
  summaryHint: ['按订单、跟进和阶段写，客户看不到', 'From orders, notes and stage; not for the customer'],
  summaryText: ['摘要，可以改', 'Summary, yours to edit'],
  paste: ['从对话整理', 'From a conversation'],
  pasted: ['粘贴和客户的对话', 'Paste the conversation'],
  pasteHint: ['只用来整理这条跟进，不会保存', 'Used for this note only, never stored'],
  arrange: ['整理成跟进', 'Make a note of it'],
  arranged: ['已填进跟进，看过再保存', 'Filled in: read it, then save'],
  close: ['收起', 'Close'],
  lost: ['没写成：网络断了', 'Not written: the connection was lost'],
  withheld: ['没有给出草稿：{why}', 'Draft withheld: {why}'],
  failed: ['没写成：{why}', 'Not written: {why}'],
})

const reasons = defineMessages({
  uncited: ['有一句没写依据「{piece}」', 'a sentence names no source: “{piece}”'],
  price: ['价格「{piece}」在依据里找不到', 'the price “{piece}” is in no source'],
  date: ['时间「{piece}」在依据里找不到', 'the date “{piece}” is in no source'],
  quantity: ['数量「{piece}」在依据里找不到', 'the quantity “{piece}” is in no source'],
  promise: ['「{piece}」这样的承诺在依据里找不到', 'the promise “{piece}” is in no source'],
  link: ['链接「{piece}」不是话术里的', 'the link “{piece}” is in no reply'],
  contact: ['号码「{piece}」在依据里找不到', 'the number “{piece}” is in no source'],
  person: ['写到了别人「{piece}」', 'it names somebody else: “{piece}”'],
  word: ['「{piece}」不该出现', '“{piece}” does not belong there'],
  blank: ['留着隐去的内容「{piece}」', 'it holds something taken out: “{piece}”'],
  markup: ['不是纯文字「{piece}」', 'it is not plain text: “{piece}”'],
  ungrounded: ['「{piece}」和依据对不上', '“{piece}” has nothing to do with its source'],
  nothing: ['没有可以依据的内容', 'there is nothing to write it from'],
} satisfies Record<WithheldReason, readonly [string, string]>)
export const withheldText = (reason: WithheldReason, piece: string): string =>
  t('withheld', { why: reasons(reason, { piece }) })

type Failure = Extract<DraftEvent, { type: 'failed' }>['reason']
const failures = defineMessages({
  unreachable: ['连不上语言模型', 'the model cannot be reached'],
  timeout: ['语言模型没有回应', 'the model did not answer'],
  busy: ['语言模型正忙，稍后再试', 'the model is busy: try again later'],
  refused: ['语言模型拒绝了，请告诉管理员', 'the model refused: tell your admin'],
  failed: ['语言模型出错了，稍后再试', 'the model failed: try again later'],
  garbled: ['语言模型的回答读不懂，请告诉管理员', 'the model’s answer cannot be read: tell your admin'],
  cut: ['语言模型没写完', 'the model did not finish'],
} satisfies Record<Failure, readonly [string, string]>)
export const failedText = (reason: Failure): string => t('failed', { why: failures(reason) })

/** What is left of the day, and whose words they are. */
export const stateText = (state: AssistantState | undefined): string =>
  state === undefined
    ? ''
    : [...(state.state === 'demo' ? [t('demo')] : []), state.left > 0 ? t('left', { n: state.left }) : t('used')].join(
        ' · ',
      )

export const sourcesText = (sources: readonly DraftSource[]): string =>
  `${t('sources')}：${sources.map(({ label }) => label).join('、')}`
