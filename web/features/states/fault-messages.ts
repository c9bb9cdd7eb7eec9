import { defineMessages } from '#web/lib/i18n.ts'

export const t = defineMessages({
  outside: ['请在企业微信里打开', 'Open this in WeCom'],
  outsideText: [
    '旁白要在企业微信的客户聊天里使用。在电脑或手机的企业微信里点开任意客户会话，从右侧工具栏打开。',
    'Pangbai works inside a WeCom customer chat: open any customer chat in WeCom and choose it from the toolbar.',
  ],
  wrongEntry: ['请在客户聊天里打开', 'Open this in a customer chat'],
  wrongEntryText: [
    '在企业微信里点开任意一对一客户会话，从聊天工具栏打开「旁白」。群聊和工作台里看不到客户。',
    'Open a one-to-one customer chat in WeCom and choose 旁白 from its toolbar. Group chats and the workbench show no customer.',
  ],
  silent: ['企业微信没有回应', 'WeCom does not answer'],
  silentText: [
    '等了几秒没有收到客户信息。请关掉侧边栏重新打开；还不行就重启企业微信，并确认是最新版本。',
    'No customer arrived within seconds. Close and reopen the sidebar; failing that, restart WeCom and check that it is up to date.',
  ],
  signature: ['页面没有通过企业微信的校验', 'WeCom did not accept this page'],
  signatureText: [
    '请把下面这行告诉管理员：应用的可信域名、CorpID、AgentId 或 Secret 可能与实际不一致。',
    'Tell your admin the line below: trusted domain, CorpID, AgentId or Secret may not match.',
  ],
  permission: ['应用缺少权限', 'The app lacks permission'],
  permissionText: [
    '请管理员检查：应用在「可调用接口的应用」里，你在应用可见范围和「客户联系」使用范围里。',
    'Ask your admin: the app must be listed for customer-contact APIs, and you inside its visible range and customer contact.',
  ],
  old: ['企业微信版本太旧', 'This WeCom is too old'],
  oldText: ['请升级到最新版本再打开。', 'Update it and open again.'],
  strange: ['没能知道这是哪位客户', 'Could not tell whose chat this is'],
  strangeText: [
    '请重试；如果一直这样，把下面这行告诉管理员。',
    'Try again; if it stays so, tell your admin the line below.',
  ],
  diagnose: ['诊断', 'Diagnose'],
  retry: ['重试', 'Retry'],
})
