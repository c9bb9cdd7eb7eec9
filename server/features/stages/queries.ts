import type { CurrentStage, Stage } from '#shared/stage.ts'
import { run, type Runner } from '#server/db/json.ts'

/** A row `f` of follows as the contract's CurrentStage, or null. */
export const stageJson = `(select json_build_object('id', g.id, 'name', g.name, 'since', f.staged_at) from stages g where g.id = f.stage_id)`

/** SQL text of a json array: the pipeline in its order. */
export const stagesJson = `(select coalesce(json_agg(json_build_object('id', g.id, 'name', g.name, 'kind', g.kind) order by g.position, g.id), '[]')
  from stages g where not g.retired)`

export async function selectStages(sql: Runner): Promise<Stage[]> {
  const [row] = await run<{ stages: Stage[] }>(sql, `select ${stagesJson} as stages`, [])
  return row!.stages
}

/** The move and the follow's new stage, once for a move's id; going where one stands already is no move. */
const MOVE = `
  with tie as (
    select * from follows f where f.customer_id = $1 and f.user_id = $2 and f.ended_at is null for update
  ), move as (
    insert into stage_moves (id, customer_id, user_id, from_stage_id, to_stage_id, reason, moved_at)
    select $3::uuid, t.customer_id, t.user_id, t.stage_id, $4, $5, $6::timestamptz from tie t
    where t.stage_id is distinct from $4 on conflict (id) do nothing returning *
  )
  update follows f set stage_id = m.to_stage_id, staged_at = m.moved_at from move m
  where f.customer_id = m.customer_id and f.user_id = m.user_id`

export interface Move {
  customerId: string
  userId: string
  id: string
  stageId: string | null
  reason: string | null
}

export async function insertMove(sql: Runner, move: Move, now: Date): Promise<void> {
  await run(sql, MOVE, [move.customerId, move.userId, move.id, move.stageId, move.reason, now])
}

/** undefined: not followed. */
export async function selectStage(sql: Runner, customerId: string, userId: string) {
  const text = `select ${stageJson} as stage from follows f where f.customer_id = $1 and f.user_id = $2 and f.ended_at is null`
  const [row] = await run<{ stage: CurrentStage | null }>(sql, text, [customerId, userId])
  return row
}

/** Those of the list in its order; the others are retired. */
const SAVE = `
  with given as (
    select g.*, at from jsonb_array_elements($1::text::jsonb) with ordinality as e(stage, at), jsonb_to_record(e.stage) as g(id text, name text, kind text)
  ), gone as (
    update stages set retired = true where id not in (select id from given) and not retired
  )
  insert into stages (id, name, position, kind) select id, name, at, kind from given
  on conflict (id) do update set name = excluded.name, position = excluded.position, kind = excluded.kind, retired = false`

export async function writeStages(sql: Runner, stages: Stage[]): Promise<void> {
  await run(sql, SAVE, [JSON.stringify(stages)])
}
