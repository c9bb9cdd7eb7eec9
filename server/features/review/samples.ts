import { run, type Runner } from '#server/db/json.ts'

export interface Sample {
  drawn: string[]
  rest: string[]
  passed: boolean
}

/** Once for an id; the same again answers the draw that is there, and undefined where that is another member's. */
export async function writeSample(
  sql: Runner,
  id: string,
  me: string,
  drawn: string[],
  rest: string[],
  now: Date,
): Promise<Sample | undefined> {
  const text = `insert into review_samples (id, user_id, drawn, rest, drawn_at) values ($1::uuid, $2, $3::uuid[], $4::uuid[], $5::timestamptz)
    on conflict (id) do nothing`
  await run(sql, text, [id, me, drawn, rest, now])
  return await selectSample(sql, id, me)
}

export async function selectSample(sql: Runner, id: string, me: string, lock = false): Promise<Sample | undefined> {
  const text = `select drawn, rest, passed_at is not null as passed from review_samples where id = $1::uuid and user_id = $2 ${lock ? 'for update' : ''}`
  const [row] = await run<Sample>(sql, text, [id, me])
  return row
}

/** How many of these notes stand as passed, by the text of now. */
export async function countPassed(sql: Runner, ids: string[]): Promise<number> {
  const text = `select count(*)::int as n from note_checks where note_id = any($1::uuid[]) and state = 'passed'`
  const [row] = await run<{ n: number }>(sql, text, [ids])
  return row!.n
}

/** Passes those that are still open and without a flag; says how many. */
const PASS = `
  with open as (
    select k.note_id, k.version from note_checks k where k.note_id = any($1::uuid[]) and k.state = 'open' and not k.flagged for update
  ), judged as (
    insert into note_reviews (id, note_id, version, verdict, sampled, by_user_id, at)
    select gen_random_uuid(), note_id, version, 'passed', true, $2, $3::timestamptz from open returning note_id
  ), marked as (
    update review_samples set passed_at = $3::timestamptz where id = $4::uuid
  )
  update note_checks k set state = 'passed', sampled = true from judged j where k.note_id = j.note_id returning 1`

export async function passRest(sql: Runner, ids: string[], me: string, sampleId: string, now: Date): Promise<number> {
  return (await run(sql, PASS, [ids, me, now, sampleId])).length
}
