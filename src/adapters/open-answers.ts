import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createActiveList, type ActiveList } from '../server/active-list.ts'

/** The answers of a server that are under way. */
export type OpenAnswers = Pick<ActiveList<ServerResponse>, 'items'>

/**
 * Keeps them no longer than they are: all that a page has made is reachable from its answer, and a
 * connection may be idle after it for seconds, with thousands of others.
 */
export function trackAnswers(server: Server): OpenAnswers {
  const open = createActiveList<ServerResponse>()
  server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
    response.once('close', open.add(response))
  })
  return open
}
