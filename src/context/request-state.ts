import { alsoAtOnce } from './at-once.ts'
import { createCookieJar, type CookieJar, type Cookies, cookiesOf } from './cookies.ts'
import { assertPhase } from './phase.ts'
import { readRequest } from './read-request.ts'
import type { IncomingHeaders, RequestContext } from './request-context.ts'

/**
 * The cookies of the request, and those that a server function or a route handler sets: what was
 * set can be read at once, here and in the render of the same answer.
 * @throws in cached work; when cookies are changed while rendering, also through an object kept
 * from a function
 */
export function cookies(): Promise<Cookies> {
  return alsoAtOnce(() => cookieStore(readRequest('cookies()')))
}

/** The headers of the request. They can be read everywhere but in cached work, and changed nowhere. */
export function headers(): Promise<Headers> {
  return alsoAtOnce(() => new ReadonlyHeaders(readRequest('headers()').headers))
}

/** The jar behind `cookies()`, for those who read and send it without a user's call. */
export function cookieJar(context: RequestContext): CookieJar {
  context.cookies ??= createCookieJar(headerText(context.headers['cookie']))
  return context.cookies
}

function cookieStore(context: RequestContext): Cookies {
  const jar = cookieJar(context)
  return cookiesOf(jar, {
    set(...cookie: Parameters<CookieJar['set']>) {
      assertPhase(context, 'cookies().set()', ['function', 'handler', 'middleware'])
      return jar.set(...cookie)
    },
    delete(cookie) {
      assertPhase(context, 'cookies().delete()', ['function', 'handler', 'middleware'])
      return jar.delete(cookie)
    },
  })
}

class ReadonlyHeaders extends Headers {
  constructor(incoming: IncomingHeaders) {
    super()
    for (const [name, value] of Object.entries(incoming)) {
      const text = headerText(value)
      // HTTP/2 pseudo-headers, as in `:path`, are no header names to the Fetch standard.
      if (text !== undefined && !name.startsWith(':')) super.append(name, text)
    }
  }

  override append(name: string): never {
    throw readonlyError('append', name)
  }
  override set(name: string): never {
    throw readonlyError('set', name)
  }
  override delete(name: string): never {
    throw readonlyError('delete', name)
  }
}

function readonlyError(method: string, name: string): Error {
  return new Error(
    `headers().${method}(${JSON.stringify(name)}): the headers of a request are read-only. ` +
      'Answer headers are set by a route handler; cookies by cookies().set().',
  )
}

function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value
}
