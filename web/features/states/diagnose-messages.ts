import { defineMessages } from '#web/lib/i18n.ts'

export const t = defineMessages({
  title: ['侧边栏诊断', 'Sidebar diagnosis'],
  hint: ['逐项试一遍企业微信客户端，把结果发给管理员', 'Tries the client step by step; send the result to your admin'],
  client: ['客户端', 'Client'],
  address: ['页面地址', 'Address'],
  clock: ['时钟', 'Clock'],
  clockText: ['和服务器相差 {n} 秒', '{n} s from the server’s'],
  signature: ['页面签名', 'Page signature'],
  signed: ['有，且就是这个地址', 'There, and of this address'],
  unsigned: ['没有：服务器拿不到票据，请管理员看体检', 'None: the server got no ticket; see the doctor'],
  otherAddress: ['是另一个地址的：{url}', 'Of another address: {url}'],
  entry: ['入口（getContext）', 'Entry (getContext)'],
  customer: ['当前客户（getCurExternalContact）', 'Customer (getCurExternalContact)'],
  known: ['拿到了', 'Told'],
  took: ['{what}，{ms} 毫秒', '{what}, {ms} ms'],
  copy: ['复制报告', 'Copy the report'],
  copied: ['已复制', 'Copied'],
  again: ['再试一遍', 'Try again'],
  trying: ['正在试…', 'Trying…'],
})
