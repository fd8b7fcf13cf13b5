import type { Payload } from '../../src/wire/payload.ts'

/**
 * React's Flight client looks for the loader of client modules when it is loaded; `import` this
 * before anything that imports it. Payloads of these tests hold no client modules.
 */
Reflect.set(globalThis, '__webpack_require__', Object)

type Parts = Partial<Payload<string>> & { regions?: Record<string, string> }

/** The rows of a payload of plain values, without the last one: it fulfills the promise of the tags. */
export function flightOf(payload: Parts): string {
  return `0:${JSON.stringify({ ...payload, tags: '$@1' })}\n`
}

/** The last row; no page of these tests shows data with a tag. */
export const lastRow = '1:[]\n'

/** What the server answers with. */
export function payloadResponse(payload: Parts, status = 200): Response {
  return new Response(flightOf(payload) + lastRow, {
    status,
    headers: { 'content-type': 'text/x-component' },
  })
}
