import type { AppConfig } from './config.ts'
import type { ServerRequest } from './exchange.ts'
import { publicHost, publicProtocol } from './public-host.ts'
import type { Target } from './target.ts'

/**
 * The URL of a request as user code sees it: with the public origin where that is configured, else
 * with what the request says. Volley itself derives nothing from it.
 */
export function publicUrl(request: ServerRequest, target: Target, { server }: AppConfig): URL {
  const host = publicHost(request, server) ?? 'localhost'
  const origin = URL.parse(`${publicProtocol(request, server)}://${host}`)
  // With a user or a path in it, a Host names no origin, and no `Request` could be made of it.
  const isOrigin = origin?.href === `${origin?.origin}/`
  return new URL(target.href, isOrigin ? origin : 'http://localhost')
}
