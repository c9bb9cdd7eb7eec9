import { HostError, type HostFault } from '#web/host/host.ts'
import { ApiError } from './api.ts'
import { defineMessages, locale } from './i18n.ts'

/** A sentence for every way something can fail, to be read by a rep. Where the server or WeCom said why, in Chinese, its own words stand. */
const t = defineMessages({
  invalid_input: ['填写有误，请检查', 'Something in it is not valid'],
  unauthenticated: ['登录已过期，请重新打开侧边栏', 'Signed out: open the sidebar again'],
  forbidden: ['你没有这项权限，请联系管理员', 'You may not do this: ask your admin'],
  forbidden_origin: ['页面来源不对，请从企业微信里打开', 'Open this page from WeCom'],
  not_found: ['没有找到，或不是你的客户', 'Not found, or not your customer'],
  conflict: ['内容已被改动，请刷新后再试', 'It has changed meanwhile: refresh and try again'],
  too_large: ['内容太大了', 'Too large'],
  too_many_requests: ['太频繁了，请稍等一会儿', 'Too many requests: wait a moment'],
  internal: ['服务器出错了，请稍后再试', 'The server failed: try again later'],
  wecom_failed: ['连不上企业微信，请稍后再试', 'WeCom cannot be reached: try again later'],
  wecom_refused: ['企业微信没有接受', 'WeCom refused'],
  wecom_busy: ['企业微信繁忙，请稍后再试', 'WeCom is busy: try again later'],
  database_away: ['服务器暂时连不上数据库，请稍后再试', 'The database is away: try again in a moment'],
  offline: ['网络断了', 'No network'],
} satisfies Record<ApiError['code'], readonly [string, string]>)

const host = defineMessages({
  cancelled: ['你取消了发送', 'You cancelled it'],
  no_permission: [
    '应用缺少「客户联系」权限，请联系管理员',
    'The app lacks customer-contact permission: tell your admin',
  ],
  wrong_entry: ['当前会话已不是这位客户', 'The open chat is no longer this customer'],
  unsupported: ['当前企业微信版本不支持，请升级客户端', 'This WeCom client cannot do it: update it'],
  bad_message: ['这条内容企业微信不接受', 'WeCom does not accept this content'],
  bad_signature: ['页面签名无效，请重新打开侧边栏', 'The page signature is invalid: reopen the sidebar'],
  untrusted_domain: ['域名不在可信域名里，请联系管理员', 'The domain is not trusted: tell your admin'],
  aborted: ['页面地址变了，请再试一次', 'The page changed: try again'],
  timeout: ['企业微信没有回应，请看聊天里是否已出现再重试', 'WeCom did not answer: look in the chat before retrying'],
  outside: ['请在企业微信里打开', 'Open this in WeCom'],
  unknown: ['企业微信返回了没见过的错误', 'WeCom answered with an unknown error'],
} satisfies Record<HostFault, readonly [string, string]>)

export function errorText(error: unknown): string {
  if (error instanceof HostError) return host(error.kind)
  if (!(error instanceof ApiError)) return t('internal')
  return locale.value === 'zh' && error.message && error.code !== 'offline' ? error.message : t(error.code)
}
