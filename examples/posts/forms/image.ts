/** Volley takes bodies of up to 1 MB; the other fields need a part of it. */
const maxSize = 800_000
const tooLarge = 'The image is larger than 800 kB.'

export type NewImage = { type: string; bytes: ArrayBuffer }

/** An uploaded image, `null` where no file was chosen, or a text that says what is wrong with it. */
export async function readImage(
  file: FormDataEntryValue | null,
): Promise<NewImage | null | string> {
  if (!(file instanceof File) || file.size === 0) return null
  if (file.size > maxSize) return tooLarge
  const bytes = await file.arrayBuffer()
  const type = imageType(bytes)
  return type ? { type, bytes } : 'That is no PNG, JPEG, GIF or WebP image.'
}

/** Lets the browser complain before a large file travels; the server looks again. */
export function checkSize({ target }: { target: HTMLInputElement }): void {
  const size = target.files?.[0]?.size ?? 0
  target.setCustomValidity(size > maxSize ? tooLarge : '')
}

/** Told by the first bytes, as the name and type of an upload are whatever its sender says. */
function imageType(bytes: ArrayBuffer): string | null {
  const head = Buffer.from(bytes.slice(0, 12)).toString('latin1')
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (/^GIF8[79]a/.test(head)) return 'image/gif'
  return /^RIFF.{4}WEBP/s.test(head) ? 'image/webp' : null
}
