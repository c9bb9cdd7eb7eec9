import { defineMessages } from '#web/lib/i18n.ts'

export const t = defineMessages({
  hint: ['逐项试一遍，说明哪里不对、在企业微信后台哪里改', 'Tries everything, and says what to mend and where'],
  again: ['再查一遍', 'Check again'],
  copy: ['复制报告', 'Copy the report'],
  copied: ['已复制，里面没有密钥', 'Copied; it holds no secret'],
  ok: ['正常', 'fine'],
  warn: ['注意', 'look'],
  bad: ['有问题', 'wrong'],
  skipped: ['没查', 'skipped'],
  asOf: ['{at} 查的', 'As of {at}'],
  checking: ['正在检查…', 'Checking…'],
})
