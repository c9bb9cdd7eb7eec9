/** What a browser takes, by its Accept-Encoding header; what it weighs with q=0 it refuses. */
export const acceptedEncodings = (header: string | undefined): Set<string | undefined> =>
  new Set(
    (header ?? '')
      .split(',')
      .filter((part) => !/;\s*q=0(\.0*)?\s*$/.test(part))
      .map((part) => part.split(';')[0]?.trim()),
  )
