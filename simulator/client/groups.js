const key = (userid) => `wwsim.group.${userid}`

/** The one customer group every member has, so that a page can be opened from a group chat. */
export const groupOf = (member) => ({
  id: `wrSimGroup${member.userid}`,
  group: true,
  title: '老客新品群',
  tag: '外部群',
  note: `${member.name}、顾客 28 人`,
  avatar: '',
})

/** What was said in the group in this tab; groups are no part of the pretend WeCom's server. */
export function groupMessages(userid) {
  const kept = sessionStorage.getItem(key(userid))
  return kept ? JSON.parse(kept) : keep(userid, opening())
}

export function appendToGroup(userid, from, body) {
  const messages = groupMessages(userid)
  const message = { id: `group-${messages.length}`, from, body, at: now() }
  keep(userid, [...messages, message])
  return message
}

export const lastOf = (messages) => ({ at: messages.at(-1).at, body: messages.at(-1).body })

function keep(userid, messages) {
  sessionStorage.setItem(key(userid), JSON.stringify(messages))
  return messages
}

const now = () => Math.floor(Date.now() / 1000)
const text = (content) => ({ msgtype: 'text', text: { content } })

/** The group was last heard of two days ago. */
const opening = () => [
  { id: 'group-0', from: 'system', at: now() - 180_000, body: text('你邀请了 28 位客户加入群聊') },
  { id: 'group-1', from: 'customer', at: now() - 172_800, body: text('这周新品什么时候到店呀？') },
]
