import type { App } from './app.ts'
import type { RawAnswer } from './raw-request.ts'

/** The parts of a multipart body, in their order. */
export type Parts = readonly (readonly [name: string, value: string | Blob])[]

/** A call with the body as it is given: a text, or parts. The connection is kept for the next one. */
export function sendCall(app: App, id: string, body: string | Parts): Promise<RawAnswer> {
  return send(app, { 'volley-call': id }, typeof body === 'string' ? body : formOf(body))
}

/** What a browser without JavaScript sends for a form with these fields. */
export function sendForm(app: App, parts: Parts): Promise<RawAnswer> {
  return send(app, {}, formOf(parts))
}

async function send(app: App, headers: Record<string, string>, body: string | FormData) {
  const answer = await app.fetch('/', { method: 'POST', headers, body })
  const lines = [...answer.headers].map(([name, value]) => `${name}: ${value}`.toLowerCase())
  return { status: answer.status, headers: lines.join('\r\n'), body: await answer.text() }
}

function formOf(parts: Parts): FormData {
  const form = new FormData()
  for (const [name, value] of parts) {
    if (typeof value === 'string') form.append(name, value)
    else form.append(name, value)
  }
  return form
}

/** React's hidden fields for a function with bound arguments, each of them JSON. */
export function referenceFields(reference: string, ...rows: string[]): [string, string][] {
  return [
    ['$ACTION_REF_1', ''],
    ...[reference, ...rows].map((row, i): [string, string] => [`$ACTION_1:${i}`, row]),
  ]
}
