import type { Context } from 'hono'
import type { z } from 'zod'

/** The control API was asked for something that cannot be: 400 with these words. */
export class BadInput extends Error {}

/** The JSON body of a call, checked; no body counts as an empty one. */
export async function readInput<T>(c: Context, shape: z.ZodType<T>): Promise<T> {
  const text = await c.req.text()
  const parsed = shape.safeParse(text === '' ? {} : parse(text))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new BadInput(`请求的内容不对：${issue?.path.join('.') || '整体'}（${issue?.message ?? ''}）`)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new BadInput(`请求不是有效的 JSON：${String(error)}`)
  }
}
