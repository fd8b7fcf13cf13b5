import type { AppConfig } from './app.ts'
import { headerOf, type ServerRequest } from './exchange.ts'
import type { Target } from './target.ts'

/**
 * The URL of a request as user code sees it: with the public origin where that is configured, else
 * with what the request says. Volley itself derives nothing from it.
 */
export function publicUrl(request: ServerRequest, target: Target, { server }: AppConfig): URL {
  const host = headerOf(request.headers, 'host') ?? 'localhost'
  const origin = server.origin ?? `${request.protocol}://${host}`
  return new URL(target.href, URL.canParse(origin) ? origin : 'http://localhost')
}
