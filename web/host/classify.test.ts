import { expect, test } from 'vitest'
import { classify } from './classify.ts'

test.each([
  ['getContext:no permission', 'no_permission'],
  ['getContext:nopermission to execute', 'no_permission'],
  ['getContext:permission denied', 'no_permission'],
  ['getCurExternalContact:without context of external contact', 'wrong_entry'],
  ['getCurExternalContact:failwithout context', 'wrong_entry'],
  ['getContext:functionnotexist', 'unsupported'],
  ['sendChatMessage:cancel', 'cancelled'],
  ['agentConfig:invalid signature more info at https://open.work.weixin.qq.com/devtool/query?e=40093', 'bad_signature'],
  ['://open.work.weixin.qq.com/devtool/query?e=80001', 'untrusted_domain'],
  ['agentConfig:ticket no available?e=42012', 'bad_signature'],
  ['sendChatMessage:invalid imgUrl', 'bad_message'],
  ['sendChatMessage:content empty', 'bad_message'],
  ['something new', 'unknown'],
])('a client that says "%s" means %s', (errMsg, kind) => expect(classify({ errMsg }).kind).toBe(kind))

test('the raw text wins over the one the SDK has rewritten, and is kept for an engineer', () => {
  const error = classify({ errMsg: '://open.work', err_msg: 'agentConfig:fail_no permission' })
  expect(error).toMatchObject({ kind: 'no_permission', raw: 'agentConfig:fail_no permission' })
  expect(classify(new Error('SDK Error: Aborted')).kind).toBe('aborted')
})
