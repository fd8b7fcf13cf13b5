export type CookieOptions = {
  /** The whole site (`/`), if not given. */
  path?: string | undefined
  domain?: string | undefined
  /** A date, or milliseconds since 1970. */
  expires?: Date | number | undefined
  /** In seconds. */
  maxAge?: number | undefined
  secure?: boolean | undefined
  httpOnly?: boolean | undefined
  /** `true` means `'strict'`. */
  sameSite?: boolean | 'lax' | 'strict' | 'none' | undefined
  partitioned?: boolean | undefined
  priority?: 'low' | 'medium' | 'high' | undefined
}

/** A cookie as `Set-Cookie` carries it. */
export type SetCookie = CookieOptions & { name: string; value: string }

/**
 * The cookies of a `Cookie` header, decoded. Of two with one name the first counts: browsers send
 * the one with the longer path first. What is no pair is passed over.
 */
export function parseCookieHeader(header: string): Map<string, string> {
  const cookies = new Map<string, string>()
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=')
    const name = pair.slice(0, Math.max(equals, 0)).trim()
    if (name !== '' && !cookies.has(name)) cookies.set(name, decodeValue(pair.slice(equals + 1)))
  }
  return cookies
}

/** The counterpart of `parseCookieHeader`. */
export function formatCookieHeader(cookies: Iterable<readonly [string, string]>): string {
  return Array.from(cookies, ([name, value]) => `${name}=${encodeValue(value)}`).join('; ')
}

/**
 * A `Set-Cookie` header. What could not be sent, or would be read as something else, is refused.
 * @throws TypeError that names the cookie and the value
 */
export function formatSetCookie(cookie: SetCookie): string {
  const { name, value } = cookie
  if (!token.test(name)) throw refusal(name, { option: 'name', setting: name })
  const parts = [`${name}=${encodeValue(value)}`]
  for (const [option, format] of attributeFormats) {
    const setting = cookie[option] ?? (option === 'path' ? '/' : undefined)
    if (setting === undefined || setting === false) continue
    const attribute = format(setting)
    if (attribute === null) throw refusal(name, { option, setting })
    parts.push(attribute)
  }
  return parts.join('; ')
}

/** The counterpart of `formatSetCookie`. Attributes that it does not know are passed over. */
export function parseSetCookie(line: string): SetCookie {
  const [pair = '', ...attributes] = line.split(';')
  const equals = pair.indexOf('=')
  const name = pair.slice(0, Math.max(equals, 0)).trim()
  const cookie: SetCookie = { name, value: decodeValue(pair.slice(equals + 1)) }
  for (const attribute of attributes) {
    const [key = '', ...rest] = attribute.trim().split('=')
    const parse = attributeParsers.get(key.toLowerCase())
    if (parse) Object.assign(cookie, parse(rest.join('=')))
  }
  return cookie
}

const attributeParsers = new Map<string, (text: string) => CookieOptions>([
  ['path', (path) => ({ path })],
  ['domain', (domain) => ({ domain })],
  ['expires', (text) => ({ expires: new Date(text) })],
  ['max-age', (text) => ({ maxAge: Number(text) })],
  ['secure', () => ({ secure: true })],
  ['httponly', () => ({ httpOnly: true })],
  ['partitioned', () => ({ partitioned: true })],
  ['samesite', (text) => ({ sameSite: wordOption(text, ['lax', 'strict', 'none'] as const) })],
  ['priority', (text) => ({ priority: wordOption(text, ['low', 'medium', 'high'] as const) })],
])

function wordOption<word extends string>(text: string, words: readonly word[]): word | undefined {
  return words.find((word) => word === text.toLowerCase())
}

/** What RFC 6265 lets be a name: a token. */
const token = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/

/** Printable ASCII, without the semicolon that ends an attribute. */
const attributeText = /^[\x20-\x3a\x3c-\x7e]+$/

type Formats = {
  [option in keyof Required<CookieOptions>]: (
    setting: Exclude<CookieOptions[option], undefined | false>,
  ) => string | null
}

/** `null` for a setting that cannot be sent. */
const formats: Formats = {
  path: (path) => (attributeText.test(path) ? `Path=${path}` : null),
  domain: (domain) => (attributeText.test(domain) ? `Domain=${domain}` : null),
  expires: (expires) => {
    const date = new Date(expires)
    return Number.isNaN(date.getTime()) ? null : `Expires=${date.toUTCString()}`
  },
  maxAge: (seconds) => (Number.isFinite(seconds) ? `Max-Age=${Math.trunc(seconds)}` : null),
  secure: () => 'Secure',
  httpOnly: () => 'HttpOnly',
  sameSite: (site) => wordAttribute('SameSite', site === true ? 'strict' : site, sameSites),
  partitioned: () => 'Partitioned',
  priority: (priority) => wordAttribute('Priority', priority, priorities),
}
const attributeFormats = Object.entries(formats) as [
  keyof CookieOptions,
  (setting: unknown) => string | null,
][]

const sameSites = ['Strict', 'Lax', 'None']
const priorities = ['Low', 'Medium', 'High']

function wordAttribute(attribute: string, word: string, words: readonly string[]): string | null {
  const known = words.find((other) => other === word || other.toLowerCase() === word)
  return known === undefined ? null : `${attribute}=${known}`
}

const advice: Record<'name' | keyof CookieOptions, string> = {
  name: "letters, digits and !#$%&'*+-.^_`|~",
  path: 'printable ASCII without a semicolon',
  domain: 'printable ASCII without a semicolon',
  expires: 'a valid date, or milliseconds since 1970',
  maxAge: 'a number of seconds',
  secure: 'true or false',
  httpOnly: 'true or false',
  sameSite: "true, 'strict', 'lax' or 'none'",
  partitioned: 'true or false',
  priority: "'low', 'medium' or 'high'",
}

function refusal(
  cookie: string,
  { option, setting }: { option: keyof typeof advice; setting: unknown },
): TypeError {
  const value = typeof setting === 'string' ? JSON.stringify(setting) : String(setting)
  return new TypeError(
    `The cookie ${JSON.stringify(cookie)} cannot have the ${option} ${value}: use ${advice[option]}.`,
  )
}

/** A lone surrogate has no encoding. */
function encodeValue(value: string): string {
  return encodeURIComponent(value.toWellFormed())
}

/** Quotes are not part of a value. One that is not percent-encoded, as others may set it, is kept. */
function decodeValue(text: string): string {
  const value = text.trim().replace(/^"(.*)"$/, '$1')
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
