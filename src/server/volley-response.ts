import { parseSetCookie, type SetCookie } from '../context/cookie-header.ts'
import { type Cookies, createCookieJar } from '../context/cookies.ts'
import { nextHeader, overrideHeaders, rewriteHeader } from './middleware-headers.ts'

export type ResponseCookies = Pick<Cookies, 'set' | 'delete'> & {
  get: (name: string) => SetCookie | undefined
  getAll: (name?: string) => SetCookie[]
  has: (name: string) => boolean
}

/** What middleware wants a request to have that goes on. */
export type PassInit = ResponseInit & { request?: { headers?: Headers } }

/** A response with the constructors and the cookies that Next.js's has. */
export class VolleyResponse extends Response {
  static override redirect(url: string | URL, init: number | ResponseInit = 307): VolleyResponse {
    const options = typeof init === 'number' ? { status: init } : init
    const headers = new Headers(options.headers)
    headers.set('location', String(url))
    return new VolleyResponse(null, { status: 307, ...options, headers })
  }

  static override json(data: unknown, init?: ResponseInit): VolleyResponse {
    const response = Response.json(data, init)
    return new VolleyResponse(response.body, response)
  }

  /** Of middleware: the request goes on; the headers of `init` are those of its answer. */
  static next(init: PassInit = {}): VolleyResponse {
    return passing(init, [nextHeader, '1'])
  }

  /** Of middleware: the request is answered by what is at another path, and its address stays. */
  static rewrite(to: string | URL, init: PassInit = {}): VolleyResponse {
    return passing(init, [rewriteHeader, String(to)])
  }

  get cookies(): ResponseCookies {
    return createResponseCookies(this.headers)
  }
}

function passing(init: PassInit, [name, value]: [string, string]): VolleyResponse {
  const headers = new Headers(init.headers)
  headers.set(name, value)
  for (const pair of overrideHeaders(init.request?.headers)) headers.set(...pair)
  return new VolleyResponse(null, { ...init, headers })
}

/** Kept as `Set-Cookie` headers: of two cookies with one name, domain and path the last counts. */
function createResponseCookies(headers: Headers): ResponseCookies {
  const getAll = (name?: string): SetCookie[] =>
    headers
      .getSetCookie()
      .map(parseSetCookie)
      .filter((cookie) => name === undefined || cookie.name === name)
  const write = (change: (jar: ReturnType<typeof createCookieJar>) => void): void => {
    const jar = createCookieJar(undefined)
    change(jar)
    const written = jar.setCookieHeaders()
    const identities = new Set(written.map(identityOf))
    const others = headers.getSetCookie().filter((line) => !identities.has(identityOf(line)))
    headers.delete('set-cookie')
    for (const line of [...others, ...written]) headers.append('set-cookie', line)
  }
  return {
    get: (name) => getAll(name).at(-1),
    getAll,
    has: (name) => getAll(name).length > 0,
    set: (...cookie) => write((jar) => jar.set(...cookie)),
    delete: (cookie) => write((jar) => jar.delete(cookie)),
  }
}

function identityOf(line: string): string {
  const { name, domain, path = '/' } = parseSetCookie(line)
  return JSON.stringify([name, domain, path])
}
