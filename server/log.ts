import pino from 'pino'

export type Logger = pino.Logger

/** Secrets and phones must not reach a log whatever object they hide in, so the finished line is scrubbed. */
const SCRUB: [RegExp, string][] = [
  [
    /((?:access_token|corpsecret|jsapi_ticket|ticket|code|secret|signature|cookie)["']?\s*[=:]\s*["']?)[^"'&\s,}]+/gi,
    '$1***',
  ],
  [/(bearer\s+|api[_-]?key[\\"']*\s*[=:]\s*[\\"']*)[^\\"'&\s,}]+/gi, '$1***'],
  [/(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)/g, '$1****$2'],
]

/** The text with credentials and mobile numbers blanked out. */
export const scrub = (line: string): string => SCRUB.reduce((text, [what, by]) => text.replace(what, by), line)

/** JSON lines on `out`, scrubbed as text. */
export function createLog(level: string, out: { write(line: string): unknown } = process.stdout): Logger {
  return pino(
    { level, base: null, serializers: { err: withoutRows } },
    { write: (line: string) => void out.write(scrub(line)) },
  )
}

/** A database error brings along the statement and its parameters, which are somebody's name, remark or note. */
function withoutRows(error: Error): object {
  const {
    query: _,
    parameters: __,
    args: ___,
    ...rest
  } = pino.stdSerializers.err(error) as Record<string, unknown> & object
  return rest
}
