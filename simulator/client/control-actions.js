const member = { name: 'userid', label: '成员', type: 'member' }
const customer = { name: 'externalUserid', label: '客户', type: 'customer' }
const path = (value) => ({
  name: 'path',
  label: '接口',
  list: 'paths',
  value,
  required: true,
  placeholder: '/cgi-bin/… 或 *',
})
const name = { name: 'name', label: '名称', required: true }
const tagId = { name: 'id', label: '标签或组', list: 'tag-ids', required: true, placeholder: 'et…' }
const groupId = { name: 'groupId', label: '标签组', list: 'group-ids', required: true, placeholder: 'et…' }
const number = (name, label, value, limits = {}) => ({ name, label, type: 'number', value, min: 0, ...limits })
const times = number('times', '次数', 3, { min: 1 })
const share = { max: 1, step: 0.05 }

const SWITCH = [
  ['1', '是'],
  ['0', '否'],
]
const onOff = (name, label, value) => ({ name, label, type: 'choice', choices: SWITCH, value })
const asBoolean = (name) => (values) => ({ ...values, [name]: values[name] === '1' })

/** Faults of the server API. Each is counted down by the calls it hits. */
const faults = [
  {
    title: '返回错误码',
    hint: '接下来几次调用返回这个错误码。HTTP 仍是 200，同真的一样。',
    path: '/faults',
    fields: [
      path('/cgi-bin/externalcontact/mark_tag'),
      { name: 'errcode', label: '错误码', type: 'number', list: 'errcodes', value: 45009, required: true },
      times,
    ],
  },
  {
    title: '变慢',
    path: '/faults',
    fields: [path('*'), number('latencyMs', '延迟（毫秒）', 3000), times],
  },
  {
    title: '断开连接',
    hint: '不应答，直接断开 TCP 连接。',
    path: '/faults',
    fields: [path('*'), times],
    body: (values) => ({ ...values, reset: true }),
  },
  {
    title: 'HTTP 状态码',
    path: '/faults',
    fields: [path('*'), number('status', '状态码', 503, { min: 400, max: 599 }), times],
  },
  {
    title: '回一段坏内容',
    hint: '应答不是 JSON。',
    path: '/faults',
    fields: [path('*'), times],
    body: (values) => ({ ...values, malformed: true }),
  },
  {
    title: '清除全部故障',
    hint: '连同下面的可信 IP、不可用、权限和频率上限。',
    path: '/faults',
    method: 'DELETE',
    button: '清除',
  },
]

const access = [
  {
    title: '作废 access_token',
    hint: '已发出的令牌立即失效，下次调用得到 40014。',
    path: '/tokens/invalidate',
    button: '作废',
  },
  {
    title: '重置应用 Secret',
    hint: '旧 Secret 换不到令牌，旧令牌同时失效；产品要换上新的才能继续。',
    path: '/secret/reset',
    button: '重置',
  },
  {
    title: '企业可信 IP',
    hint: '不可信时，除 gettoken 外都返回 60020。',
    path: '/ip',
    fields: [onOff('trusted', '本机可信', '0')],
    body: asBoolean('trusted'),
  },
  {
    title: '企业微信不可用',
    path: '/unavailable',
    fields: [onOff('on', '不可用', '1')],
    body: asBoolean('on'),
  },
  {
    title: '客户联系接口权限',
    hint: '没有时，客户接口返回 48002。',
    path: '/permission',
    fields: [onOff('customerApi', '有权限', '0')],
    body: asBoolean('customerApi'),
  },
  {
    title: '频率上限',
    hint: '每分钟超过这个次数返回 45009。',
    path: '/quota',
    fields: [path('/cgi-bin/externalcontact/get'), number('perMinute', '每分钟', 10, { min: 1 })],
  },
  { title: '恢复出厂', hint: '客户、标签、聊天记录都回到这家店最初的样子。', path: '/reset', button: '恢复' },
]

const events = [
  {
    title: '添加客户',
    path: '/events/customers/add',
    fields: [
      member,
      { name: 'name', label: '客户昵称', value: '新来的客人', required: true },
      { name: 'state', label: '渠道 state', placeholder: '可不填' },
      { name: 'half', label: '只是单向添加，对方还没通过', type: 'check' },
    ],
  },
  {
    title: '删除客户',
    path: '/events/customers/delete',
    fields: [
      member,
      customer,
      {
        name: 'by',
        label: '谁删的',
        type: 'choice',
        choices: [
          ['member', '成员删了客户'],
          ['customer', '客户删了成员'],
        ],
      },
    ],
  },
  {
    title: '改备注、标签、手机',
    hint: '留空的不改；多个用逗号隔开。',
    path: '/events/customers/edit',
    fields: [
      member,
      customer,
      { name: 'remark', label: '备注' },
      { name: 'tagIds', label: '标签 id', type: 'list', list: 'tag-ids' },
      { name: 'mobiles', label: '手机', type: 'list' },
    ],
  },
  {
    title: '通过好友申请',
    hint: '只对还没通过的单向添加有意义。',
    path: '/events/customers/confirm',
    fields: [member, customer],
  },
  { title: '新建标签', path: '/events/tags/create', fields: [groupId, name] },
  { title: '标签或标签组改名', path: '/events/tags/rename', fields: [tagId, name] },
  { title: '删除标签或标签组', path: '/events/tags/delete', fields: [tagId] },
  { title: '打乱标签顺序', path: '/events/tags/shuffle', button: '打乱' },
  { title: '成员离职', path: '/events/members/leave', fields: [member] },
  {
    title: '成员换账号',
    path: '/events/members/rename',
    fields: [member, { name: 'newUserid', label: '新账号', required: true }],
  },
]

const callbacks = [
  {
    title: '送达方式',
    hint: '比例从 0 到 1。全部归零就是老老实实每条送一次。',
    path: '/callbacks/mode',
    fields: [
      number('duplicate', '重复比例', 0, share),
      number('drop', '丢失比例', 0, share),
      number('delayMs', '延迟（毫秒）', 0),
      { name: 'shuffle', label: '打乱先后', type: 'check' },
    ],
  },
]

export const ACTIONS = { faults, access, events, callbacks }
