import { createCookieJar } from '../context/cookies.ts'
import { oneSpelling } from '../routes/path-spelling.ts'
import type { Visit } from '../routes/path-rule.ts'
import type { RuleBook } from '../routes/path-rules.ts'
import { headerOf, type ServerRequest } from './exchange.ts'
import { parseTarget, type Target } from './target.ts'

/** What the rules of an app look at in a request for a target. */
export function visitOf({ headers }: Pick<ServerRequest, 'headers'>, target: Target): Visit {
  const { pathname, search } = target
  return {
    pathname,
    search,
    header: (name) => headerOf(headers, name),
    cookie: (name) => createCookieJar(headerOf(headers, 'cookie')).get(name)?.value,
  }
}

/** The target in the one spelling that rules and middleware see. */
export function spelled(target: Target): Target {
  const pathname = oneSpelling(target.pathname)
  return pathname === target.pathname
    ? target
    : { ...target, pathname, href: pathname + target.search }
}

export type FileRequest = Pick<ServerRequest, 'target' | 'headers'>

/** The headers that the app's rules want a file to have, which never comes to the handler. */
export function fileHeaders(
  rules: RuleBook,
  request: FileRequest,
): [name: string, value: string][] {
  const target = parseTarget(request.target)
  return target ? rules.headersFor(visitOf(request, spelled(target))) : []
}
