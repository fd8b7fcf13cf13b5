/** A part of a multipart body: its header lines and its content. */
export type MultipartPart = { headers: readonly string[]; content: string }

export const boundary = 'volley-test-boundary'
export const multipartType = `content-type: multipart/form-data; boundary=${boundary}`

export function field(name: string, content: string): MultipartPart {
  return { headers: [`content-disposition: form-data; name="${name}"`], content }
}

export function file(name: string, fileName: string, content: string): MultipartPart {
  const disposition = `content-disposition: form-data; name="${name}"; filename="${fileName}"`
  return { headers: [disposition, 'content-type: application/octet-stream'], content }
}

/** The bytes of a form, as text. */
export function multipart(parts: readonly MultipartPart[]): string {
  return parts.map(openPart).join('') + `--${boundary}--\r\n`
}

/** A part without anything behind it. */
export function openPart({ headers, content }: MultipartPart): string {
  return `--${boundary}\r\n${headers.map((line) => `${line}\r\n`).join('')}\r\n${content}\r\n`
}
