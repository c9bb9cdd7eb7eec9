import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { Stage } from './stage.ts'

/** A beginning for notes; `stage` null: for every stage. */
export const NoteTemplate = z.object({
  stage: z.nullable(z.string().check(z.maxLength(40))),
  title: z.string().check(z.trim(), z.minLength(1), z.maxLength(20)),
  body: z.string().check(z.trim(), z.minLength(1), z.maxLength(1000)),
})
export type NoteTemplate = z.infer<typeof NoteTemplate>

const templates = z.array(NoteTemplate).check(z.maxLength(100))

/** In their order, and the stages there are. */
export const listTemplates = endpoint({
  method: 'get',
  path: '/api/admin/note-templates',
  access: 'admin',
  input: z.object({}),
  output: z.object({ templates, stages: z.array(Stage) }),
})

/** All of them in their order. */
export const saveTemplates = endpoint({
  method: 'put',
  path: '/api/admin/note-templates',
  access: 'admin',
  input: z.object({ templates }),
  output: z.object({ templates, stages: z.array(Stage) }),
})
