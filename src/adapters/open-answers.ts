import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createActiveList, type ActiveList } from '../server/active-list.ts'
import { onceEnded } from './answer-end.ts'

/** The answers of a server that are under way. */
export type OpenAnswers = Pick<ActiveList<ServerResponse>, 'items' | 'size'> & {
  /** Calls a function whenever the last of them has ended. */
  onIdle: (listener: () => void) => void
}

/**
 * Each is listed only while it is under way: all that a page has made is reachable from its answer,
 * and a connection may be idle after it for seconds, with thousands of others.
 */
export function trackAnswers(server: Server): OpenAnswers {
  const open = createActiveList<ServerResponse>()
  const idleListeners: (() => void)[] = []
  server.prependListener('request', (incoming: IncomingMessage, response: ServerResponse) => {
    const leave = open.add(response)
    onceEnded(incoming, response, () => {
      leave()
      if (open.size === 0) for (const listener of idleListeners) listener()
    })
  })
  return {
    get size() {
      return open.size
    },
    items: () => open.items(),
    onIdle: (listener) => void idleListeners.push(listener),
  }
}
