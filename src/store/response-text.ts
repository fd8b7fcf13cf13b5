/** The answer of a fetch as text: its head as a line of JSON, its body as one character a byte. */
export async function encodeResponse(response: Response): Promise<string> {
  const { status, statusText, url } = response
  // The body is decoded by now.
  const headers = [...response.headers].filter(
    ([name]) => name !== 'content-encoding' && name !== 'content-length',
  )
  const body = Buffer.from(await response.arrayBuffer()).toString('latin1')
  return `${JSON.stringify({ status, statusText, url, headers })}\n${body}`
}

/** The counterpart of `encodeResponse`. */
export function decodeResponse(text: string): Response {
  const end = text.indexOf('\n')
  const { status, statusText, url, headers } = JSON.parse(text.slice(0, end)) as Head
  const hasBody = status !== 204 && status !== 205 && status !== 304
  const body = hasBody ? Buffer.from(text.slice(end + 1), 'latin1') : null
  const response = new Response(body, { status, statusText, headers })
  return Object.defineProperty(response, 'url', { value: url })
}

type Head = { status: number; statusText: string; url: string; headers: [string, string][] }
