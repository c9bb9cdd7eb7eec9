const DAY = 86_400
const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']

const pad = (number) => String(number).padStart(2, '0')
const clock = (date) => `${pad(date.getHours())}:${pad(date.getMinutes())}`

function daysAgo(date, now) {
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate())
  return Math.ceil((midnight - date) / (DAY * 1000))
}

/** Seconds → '10:12', '昨天', '周三', '11/02' or '2024/11/02', as a conversation list tells it. */
export function listTime(at, now = new Date()) {
  const date = new Date(at * 1000)
  const days = daysAgo(date, now)
  if (days <= 0) return clock(date)
  if (days === 1) return '昨天'
  if (days < 7) return WEEKDAYS[date.getDay()]
  const day = `${pad(date.getMonth() + 1)}/${pad(date.getDate())}`
  return date.getFullYear() === now.getFullYear() ? day : `${date.getFullYear()}/${day}`
}

/** Seconds → the line between two messages, with the clock time always. */
export function messageTime(at, now = new Date()) {
  const date = new Date(at * 1000)
  return daysAgo(date, now) <= 0 ? clock(date) : `${listTime(at, now)} ${clock(date)}`
}
