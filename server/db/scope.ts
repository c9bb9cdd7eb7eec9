/* Who may see whose customers. Every statement that reads a customer goes through one of these; `me` and `user` are SQL text of userids. */

/** Userids of whoever works at or below a department that `me` leads. */
export const ledBy = (me: string): string => `
  select m.user_id from departments d
  join department_tree t on t.ancestor_id = d.id
  join members m on t.descendant_id = any(m.department_ids)
  where ${me} = any(d.leader_user_ids)`

/** Userids of the store of `me`, as long as `me` is one of its clerks. */
const ofStoreOf = (me: string): string => `
  select m.user_id from members clerk
  join member_roles r on r.user_id = clerk.user_id and r.role = 'clerk'
  join members m on m.main_department_id = clerk.main_department_id
  where clerk.user_id = ${me}`

/** Condition on a row `f` of follows: a standing tie of somebody `me` leads. */
export const ledTie = (me: string): string => `f.ended_at is null and f.user_id in (${ledBy(me)})`

/** Condition on a row `f` of follows: a standing tie of somebody in the store of `me`. */
export const storeTie = (me: string): string => `f.ended_at is null and f.user_id in (${ofStoreOf(me)})`
