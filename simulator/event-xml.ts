/** The elements of one event beside the common ones; absent ones are left out. */
export type EventFields = Record<string, string | number | undefined>

/** Written without CDATA, as the samples of the documentation have them. */
const BARE = new Set(['CreateTime', 'JoinScene', 'QuitScene', 'MemChangeCnt'])

/** The plaintext of an event, elements in the order given. Contact events have their ChangeType bare, customer events in CDATA. */
export function eventXml(head: { corpId: string; event: string; now: number }, fields: EventFields): string {
  const bare = (name: string) => BARE.has(name) || (name === 'ChangeType' && head.event === 'change_contact')
  const all: EventFields = {
    ToUserName: head.corpId,
    FromUserName: 'sys',
    CreateTime: head.now,
    MsgType: 'event',
    Event: head.event,
    ...fields,
  }
  const elements = Object.entries(all)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<${name}>${bare(name) ? value : `<![CDATA[${value}]]>`}</${name}>`)
  return `<xml>${elements.join('')}</xml>`
}
