import { createCookieJar, type CookieJar } from '../context/cookies.ts'

/** A request with its URL parsed and its cookies read: what route handlers get. */
export class VolleyRequest extends Request {
  readonly nextUrl: URL
  readonly cookies: CookieJar

  constructor(input: RequestInfo | URL, init?: RequestInit) {
    super(input, init)
    this.nextUrl = new URL(this.url)
    this.cookies = createCookieJar(this.headers.get('cookie') ?? undefined)
  }
}

/** A response with the constructors and the cookies that Next.js's has. */
export class VolleyResponse extends Response {
  static override redirect(url: string | URL, init: number | ResponseInit = 307): Response {
    const options = typeof init === 'number' ? { status: init } : init
    const headers = new Headers(options.headers)
    headers.set('location', String(url))
    return new VolleyResponse(null, { status: 307, ...options, headers })
  }

  static override json(data: unknown, init?: ResponseInit): VolleyResponse {
    const response = Response.json(data, init)
    return new VolleyResponse(response.body, response)
  }

  get cookies(): Pick<CookieJar, 'set' | 'delete'> {
    const send = (change: (jar: CookieJar) => unknown): void => {
      const jar = createCookieJar(undefined)
      change(jar)
      for (const cookie of jar.setCookieHeaders()) this.headers.append('set-cookie', cookie)
    }
    return {
      set: (...cookie: Parameters<CookieJar['set']>) => send((jar) => jar.set(...cookie)),
      delete: (cookie) => send((jar) => jar.delete(cookie)),
    }
  }
}
