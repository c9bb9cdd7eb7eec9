import { fileTypeFromBuffer } from 'file-type'

const OFFICE = 'application/vnd.openxmlformats-officedocument.'

/** What a file may be: nothing that a browser would run, so no SVG and no page. */
const KINDS: Record<string, 'image' | 'video' | 'file'> = {
  'image/png': 'image',
  'image/jpeg': 'image',
  'image/gif': 'image',
  'image/webp': 'image',
  'video/mp4': 'video',
  'application/pdf': 'file',
  [`${OFFICE}wordprocessingml.document`]: 'file',
  [`${OFFICE}spreadsheetml.sheet`]: 'file',
  [`${OFFICE}presentationml.presentation`]: 'file',
}

/** What the first bytes say, whatever the file is called. undefined: nothing we keep. */
export async function kindOf(
  bytes: Uint8Array,
): Promise<{ mime: string; kind: 'image' | 'video' | 'file' } | undefined> {
  const type = await fileTypeFromBuffer(bytes)
  const kind = type && KINDS[type.mime]
  return type && kind ? { mime: type.mime, kind } : undefined
}
