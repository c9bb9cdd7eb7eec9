/** The simulator's control API answered with something else than 2xx, or not at all. */
export class ApiError extends Error {}

/** JSON in, JSON out; throws ApiError with the status and the server's words. */
export async function call(method, path, body) {
  const sent = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  let response
  try {
    response = await fetch(`/__sim/api${path}`, { method, cache: 'no-store', ...sent })
  } catch (error) {
    throw new ApiError(`模拟器没有应答：${path}（${error.message}）`)
  }
  const text = await response.text()
  if (!response.ok) throw new ApiError(`${path} → ${response.status} ${text.slice(0, 200)}`)
  return text ? JSON.parse(text) : null
}

export const getState = () => call('GET', '/state')
export const becomeMember = (userid) => call('POST', '/identity', { userid })

export const listConversations = (userid) => call('GET', `/conversations?${new URLSearchParams({ userid })}`)

export const listMessages = (userid, externalUserid) =>
  call('GET', `/conversations/messages?${new URLSearchParams({ userid, externalUserid })}`)

/** Appends one message, from 'member' or 'customer', and gives it back with its id and time. */
export const appendMessage = (userid, externalUserid, from, body) =>
  call('POST', '/conversations/messages', { userid, externalUserid, from, body })

/** Was this signature made with the app's own ticket for exactly this address? → {ok:true} | {ok:false, why} */
export const verifySignature = (claim) => call('POST', '/verify', claim)

export const mediaUrl = (mediaId) => `/__sim/api/media/${encodeURIComponent(mediaId)}`

/** Whether the pretend WeCom still keeps this upload. */
export async function mediaKnown(mediaId) {
  const response = await fetch(mediaUrl(mediaId), { cache: 'no-store' })
  return response.ok
}
