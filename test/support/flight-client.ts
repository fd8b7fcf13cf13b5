import type { Payload } from '../../src/wire/payload.ts'

/**
 * React's Flight client looks for the loader of client modules when it is loaded; `import` this
 * before anything that imports it. Payloads of these tests hold no client modules.
 */
Reflect.set(globalThis, '__webpack_require__', Object)

type Parts = Partial<Payload<string>> & { regions?: Record<string, string> }

/** The first row of a Flight stream, which is all of it for a payload of plain values. */
export function flightOf(payload: Parts): string {
  return `0:${JSON.stringify(payload)}\n`
}

/** What the server answers with. */
export function payloadResponse(payload: Parts, status = 200): Response {
  return new Response(flightOf(payload), {
    status,
    headers: { 'content-type': 'text/x-component' },
  })
}
