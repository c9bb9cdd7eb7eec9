/** What an event asks of us: always to fetch the thing anew, never to believe the event's own account of it. */
export type Change =
  | { kind: 'customer'; customerId: string; userId: string }
  | { kind: 'tags' }
  | { kind: 'chat'; chatId: string }
  | { kind: 'member'; userId: string; newUserId: string | null; left: boolean }
  | { kind: 'departments' }

/** undefined: an event that changes nothing we keep. Fields are WeCom's (server-api.md §7.4, §7.6). */
export function changeOf(fields: Record<string, string>): Change | undefined {
  const { Event, ChangeType = '' } = fields
  if (Event === 'change_external_contact') return customerChange(fields)
  if (Event === 'change_external_tag') return { kind: 'tags' }
  if (Event === 'change_external_chat' && fields['ChatId']) return { kind: 'chat', chatId: fields['ChatId'] }
  if (Event === 'subscribe' || Event === 'unsubscribe') return memberChange(fields['FromUserName'], fields, false)
  if (Event !== 'change_contact') return undefined
  if (ChangeType.endsWith('_party')) return { kind: 'departments' }
  if (ChangeType.endsWith('_user')) return memberChange(fields['UserID'], fields, ChangeType === 'delete_user')
  return undefined
}

function customerChange({ ExternalUserID, UserID }: Record<string, string>): Change | undefined {
  return ExternalUserID && UserID ? { kind: 'customer', customerId: ExternalUserID, userId: UserID } : undefined
}

function memberChange(userId: string | undefined, fields: Record<string, string>, left: boolean): Change | undefined {
  return userId ? { kind: 'member', userId, newUserId: fields['NewUserID'] || null, left } : undefined
}
