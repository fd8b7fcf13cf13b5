/** A request as it is sent. */
export type Request = {
  method: string
  path: string
  headers: Record<string, string>
  /** In base64, since forms may hold any byte. */
  body?: string
  /** A part of it that a browser makes anew each time, as the key of a submission. */
  once?: string
}

/** Goes up faster than any load counts, so that no later process makes what an earlier one made. */
let counter = Date.now() * 1000

/** Gives the bytes of a request, made once but for what has to differ each time. */
export function createEncoder(request: Request, host: string): () => Buffer {
  const bytes = encode(request, host)
  const { once } = request
  if (once === undefined) return () => bytes
  const start = bytes.indexOf(once)
  if (start === -1) throw new Error(`${request.method} ${request.path} has no ${once}`)
  return () => {
    const copy = Buffer.from(bytes)
    copy.write(String(++counter).padStart(once.length, '0'), start, 'latin1')
    return copy
  }
}

function encode({ method, path, headers, body }: Request, host: string): Buffer {
  const content = Buffer.from(body ?? '', 'base64')
  const length = body === undefined ? [] : [`content-length: ${content.length}`]
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const head = [`${method} ${path} HTTP/1.1`, `host: ${host}`, ...lines, ...length, '', '']
  return Buffer.concat([Buffer.from(head.join('\r\n'), 'latin1'), content])
}
