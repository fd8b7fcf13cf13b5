import { createRequire } from 'node:module'
import type { App } from './app.ts'

/** React's own encoder of arguments, which a plain HTTP client may use as well. */
type FlightClient = {
  encodeReply(value: unknown): Promise<string | FormData>
}

const require = createRequire(import.meta.url)
const flight = require('@vitejs/plugin-rsc/vendor/react-server-dom/client.node') as FlightClient

export type CallAnswer = { status: number; headers: Headers; text: string }

/** What `curl` would send: a POST to a page with the id of a function and its arguments. */
export async function call(
  app: App,
  id: string,
  { args = [], path = '/', headers = {} }: CallOptions = {},
): Promise<CallAnswer> {
  const body = await flight.encodeReply(args)
  const response = await app.fetch(path, {
    method: 'POST',
    headers: { 'volley-call': id, ...headers },
    body,
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

export type CallOptions = {
  args?: unknown[]
  path?: string
  headers?: Record<string, string>
}

/** A form of an HTML page: the names and values of its hidden fields. */
export type HtmlForm = { id: string; action: string | null; fields: [string, string][] }

/** The forms of a page as they stand in its HTML, for clients without a browser. */
export function formsOf(html: string): HtmlForm[] {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, attributes, content]) => ({
    id: attributeOf(attributes!, 'id') ?? '',
    action: attributeOf(attributes!, 'action'),
    fields: [...content!.matchAll(/<(?:input|button)\b([^>]*)>/g)].flatMap(([, input]) => {
      const name = attributeOf(input!, 'name')
      return name === null ? [] : [[name, attributeOf(input!, 'value') ?? '']]
    }),
  }))
}

/** The id of the server function that a form without arguments posts to. */
export function functionOf(form: HtmlForm): string {
  const names = form.fields.map(([name]) => name)
  const field = names.find((name) => name.startsWith('$ACTION_ID_'))
  if (field) return field.slice('$ACTION_ID_'.length)
  const bound = form.fields.find(([name]) => /^\$ACTION_\d+:0$/.test(name))
  if (!bound) throw new Error(`No server function in the form; its fields are ${names.join(', ')}`)
  const { id } = JSON.parse(bound[1]) as { id: string }
  return id
}

function attributeOf(attributes: string, name: string): string | null {
  const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1]
  return value === undefined ? null : decodeEntities(value)
}

function decodeEntities(text: string): string {
  const entities: Record<string, string> = { quot: '"', amp: '&', lt: '<', gt: '>', '#x27': "'" }
  return text.replaceAll(/&(quot|amp|lt|gt|#x27);/g, (_, name: string) => entities[name]!)
}
