import type { App } from './app.ts'
import { rawRequest, requestText, type RawAnswer } from './raw-request.ts'

export type Post = { path?: string; headers: readonly string[]; body: string }

/** One POST on a connection of its own, with the headers as they are given. */
export function postBody(app: App, { path = '/', headers, body }: Post): Promise<RawAnswer> {
  const host = `host: localhost:${app.port}`
  return rawRequest(app.port, [requestText(`POST ${path}`, [host, ...headers], body)])
}
