import { type Cookies, cookiesOf, createCookieJar } from '../context/cookies.ts'
import { VolleyUrl } from './volley-url.ts'

/** `nextConfig` is what Next.js calls the configuration that a URL is read by. */
export type VolleyRequestInit = RequestInit & { nextConfig?: { basePath?: string } }

/** A request with its URL parsed and its cookies read: what middleware and route handlers get. */
export class VolleyRequest extends Request {
  readonly nextUrl: VolleyUrl
  /** What is set here is in the `cookie` header of this request, for those who get it next. */
  readonly cookies: Cookies

  constructor(input: RequestInfo | URL, init: VolleyRequestInit = {}) {
    super(input, init)
    const known = input instanceof VolleyRequest ? input.nextUrl.basePath : undefined
    this.nextUrl = new VolleyUrl(this.url, undefined, init.nextConfig?.basePath ?? known)
    this.cookies = createRequestCookies(this.headers)
  }
}

function createRequestCookies(headers: Headers): Cookies {
  const jar = createCookieJar(headers.get('cookie') ?? undefined)
  const noted = <args extends unknown[]>(change: (...args: args) => void) => {
    return (...args: args): void => {
      change(...args)
      headers.set('cookie', jar.toString())
    }
  }
  return cookiesOf(jar, { set: noted(jar.set), delete: noted(jar.delete) })
}
