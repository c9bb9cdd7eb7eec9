import { avatar, byId, el, icon } from './dom.js'
import { openDialog } from './dialogs.js'

/** Puts the member on the rail; the button opens the menu below. */
export function showMe(me) {
  byId('me').replaceChildren(avatar(me.name, me.avatar), el('span', { textContent: me.name }))
  byId('me').setAttribute('aria-label', `我是 ${me.name}，切换成员`)
}

/** Who am I: every member of the pretend company, by store; choosing one hands the client over to them. */
export function openMemberMenu({ corpName, members, me, choose }) {
  const groups = new Map()
  for (const member of members) {
    const store = member.departments?.[0] ?? corpName
    groups.set(store, [...(groups.get(store) ?? []), member])
  }
  const row = (member) =>
    el(
      'button',
      {
        type: 'button',
        class: 'member',
        'data-id': member.userid,
        'aria-current': member.userid === me ? 'true' : undefined,
        autofocus: member.userid === me,
        onclick: () => {
          dialog.close()
          choose(member.userid)
        },
      },
      avatar(member.name, member.avatar),
      el('span', { class: 'name', textContent: member.name }),
      el('span', { class: 'position', textContent: member.position || '成员' }),
      member.userid === me ? icon('check') : null,
    )
  const stores = [...groups].map(([store, people]) =>
    el('section', {}, el('h3', { textContent: store }), people.map(row)),
  )
  const dialog = openDialog(
    { title: `${corpName} · 我是谁`, className: 'members' },
    el('div', { class: 'scroll' }, stores),
  )
}
