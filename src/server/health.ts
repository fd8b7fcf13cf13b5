import { callHeader } from '../wire/header.ts'
import type { App } from './app.ts'
import type { ServerAnswer, ServerRequest } from './exchange.ts'

/**
 * For whoever restarts and balances instances. `/-/live`: the process answers. `/-/ready`: it takes
 * calls; 503 once it was asked to stop, or when it has more to do than it can. `null` for every
 * other path, for calls, and where the option `health` is off.
 */
export function answerHealth(
  app: App,
  { headers }: ServerRequest,
  pathname: string,
): ServerAnswer | null {
  if (!app.config.server.health || headers[callHeader] !== undefined) return null
  if (pathname === '/-/live') return healthAnswer(true)
  if (pathname === '/-/ready') return healthAnswer(!app.lifecycle.isStopping && app.load.hasRoom())
  return null
}

function healthAnswer(isWell: boolean): ServerAnswer {
  return {
    status: isWell ? 200 : 503,
    headers: [
      ['content-type', 'text/plain'],
      ['cache-control', 'no-store'],
      ['x-content-type-options', 'nosniff'],
    ],
    body: isWell ? 'ok' : 'not ready',
  }
}
