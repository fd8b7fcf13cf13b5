import {
  type CookieOptions,
  formatCookieHeader,
  formatSetCookie,
  parseCookieHeader,
  type SetCookie,
} from './cookie-header.ts'

type Cookie = { name: string; value: string }

/** The cookies of a request, and those that were set while it is answered. */
export interface Cookies {
  get: (name: string) => Cookie | undefined
  getAll: (name?: string) => Cookie[]
  has: (name: string) => boolean
  readonly size: number
  [Symbol.iterator]: () => Iterator<[string, Cookie]>
  set: (
    ...cookie: [name: string, value: string, options?: CookieOptions] | [cookie: SetCookie]
  ) => void
  /** A cookie that was set with a path or domain is only deleted with the same. */
  delete: (cookie: string | Pick<SetCookie, 'name' | 'path' | 'domain'>) => void
  /** As a `Cookie` header. */
  toString: () => string
}

export interface CookieJar extends Cookies {
  /** Whether one was set or deleted, be it to the value it had. */
  isChanged: () => boolean
  /** A `Set-Cookie` header for each cookie that was set or deleted. */
  setCookieHeaders: () => string[]
  /** The cookies that were set or deleted, in order: set again, they make the same jar. */
  written: () => SetCookie[]
}

/** `header` is the `Cookie` header of the request. */
export function createCookieJar(header: string | undefined): CookieJar {
  const values = parseCookieHeader(header ?? '')
  const written = new Map<string, { cookie: SetCookie; line: string }>()

  const write = (cookie: SetCookie): void => {
    const line = formatSetCookie(cookie)
    const key = JSON.stringify([cookie.name, cookie.domain, cookie.path ?? '/'])
    // Browsers apply headers in order, so the last write must also be the last header.
    written.delete(key)
    written.set(key, { cookie, line })
    if (isExpired(cookie)) values.delete(cookie.name)
    else values.set(cookie.name, cookie.value)
  }
  const entries = (): [string, Cookie][] =>
    Array.from(values, ([name, value]) => [name, { name, value }])
  const getAll = (name?: string): Cookie[] =>
    entries().flatMap(([, cookie]) => (name === undefined || cookie.name === name ? cookie : []))

  return withSize({
    get: (name) => getAll(name)[0],
    getAll,
    has: (name) => values.has(name),
    [Symbol.iterator]: () => entries()[Symbol.iterator](),
    set: (...cookie) => write(toSetCookie(cookie)),
    delete(cookie) {
      const { name, path, domain } = typeof cookie === 'string' ? { name: cookie } : cookie
      write({ name, value: '', path, domain, expires: 0 })
    },
    toString: () => formatCookieHeader(values),
    isChanged: () => written.size > 0,
    setCookieHeaders: () => Array.from(written.values(), ({ line }) => line),
    written: () => Array.from(written.values(), ({ cookie }) => cookie),
  })
}

/** The cookies of a jar as user code has them, which changes them by these functions. */
export function cookiesOf(jar: CookieJar, changes: Pick<Cookies, 'set' | 'delete'>): Cookies {
  const { get, getAll, has, toString, [Symbol.iterator]: iterate } = jar
  return withSize({ get, getAll, has, toString, [Symbol.iterator]: iterate, ...changes })
}

/** One getter for all of them: decisions/029-hidden-classes.md. */
const size: PropertyDescriptor & ThisType<Cookies> = {
  enumerable: true,
  get() {
    return this.getAll().length
  },
}

function withSize<cookies extends Cookies>(cookies: Omit<cookies, 'size'>): cookies {
  return Object.defineProperty(cookies, 'size', size) as cookies
}

function toSetCookie([first, value, options]: Parameters<Cookies['set']>): SetCookie {
  if (typeof first !== 'string') return { ...first, value: textOf(first.value) }
  return { ...options, name: first, value: textOf(value) }
}

/** JavaScript callers may pass a number, or nothing. */
function textOf(value: string | number | undefined): string {
  return value === undefined ? '' : String(value)
}

/** The next request will not have it, so what is rendered now must not either. */
export function isExpired({ maxAge, expires }: SetCookie): boolean {
  // Where a cookie has both, browsers go by the age.
  if (maxAge !== undefined) return maxAge <= 0
  return expires !== undefined && new Date(expires).getTime() <= Date.now()
}
