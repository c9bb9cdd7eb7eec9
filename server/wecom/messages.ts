import { API } from './apis.ts'
import type { Call } from './call.ts'
import { WecomError } from './error.ts'
import type { Wecom } from './port.ts'
import { Anything } from './schemas.ts'

/** WeCom's limits: 128 characters of title, 512 of description with its tags; four hours of remembering what was sent. */
const LONGEST_TITLE = 128
const LONGEST_LINE = 200
const REMEMBERED_S = 4 * 3_600

/** A userid that no member has, and what WeCom says of it. */
const NOBODY = 'pangbai.doctor.nobody'
const NO_RECEIVER = new Set([40003, 60111, 81013])

const cut = (text: string, most: number): string => [...text].slice(0, most).join('')

/** The description is HTML, and what stands in it is anybody's words: full-width signs read the same, mean nothing and take one character. */
const harmless = (text: string): string => text.replace(/&/g, '＆').replace(/</g, '＜').replace(/>/g, '＞')

/** Cards in the app's own chat (server-api.md §6.1). */
export function createMessages(call: Call, agentId: number): Pick<Wecom, 'sendCard' | 'checkAgent'> {
  return {
    // To nobody: WeCom looks at the app before it looks at the receivers.
    checkAgent: async () => {
      try {
        await call(API.message, Anything, {
          body: { touser: NOBODY, msgtype: 'text', agentid: agentId, text: { content: '-' } },
        })
      } catch (error) {
        if (!(error instanceof WecomError && NO_RECEIVER.has(error.errcode))) throw error
      }
    },
    sendCard: async ({ to, title, small, strong, url }) => {
      const description = `<div class="gray">${harmless(cut(small, LONGEST_LINE))}</div><div class="highlight">${harmless(cut(strong, LONGEST_LINE))}</div>`
      await call(API.message, Anything, {
        body: {
          touser: to,
          msgtype: 'textcard',
          agentid: agentId,
          textcard: { title: cut(title, LONGEST_TITLE), description, url, btntxt: '打开' },
          enable_duplicate_check: 1,
          duplicate_check_interval: REMEMBERED_S,
        },
      })
    },
  }
}
