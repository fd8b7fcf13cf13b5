import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type CookieOptions,
  formatCookieHeader,
  formatSetCookie,
  parseCookieHeader,
  parseSetCookie,
  type SetCookie,
} from './cookie-header.ts'

const name = fc.stringMatching(/^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/)

test('cookies survive their header, whatever their values', () => {
  const value = fc.string({ unit: 'grapheme' })
  const cookies = fc.uniqueArray(fc.tuple(name, value), { selector: ([key]) => key })
  fc.assert(
    fc.property(cookies, (pairs) => {
      const header = formatCookieHeader(pairs)
      expect(header).toMatch(/^[\x20-\x7e]*$/)
      expect([...parseCookieHeader(header)]).toEqual(pairs)
    }),
  )
})

test('half a character is sent as a replacement character', () => {
  expect(formatCookieHeader([['a', '\ud800']])).toBe('a=%EF%BF%BD')
})

test.for<[string, Record<string, string>]>([
  ['', {}],
  ['a=1', { a: '1' }],
  ['a=1;b=2;  c=3 ', { a: '1', b: '2', c: '3' }],
  ['a=1; a=2', { a: '1' }],
  ['a=', { a: '' }],
  ['a=b=c', { a: 'b=c' }],
  ['a="x y"', { a: 'x y' }],
  ['a="', { a: '"' }],
  ['a=%C3%A9', { a: 'é' }],
  ['a=100%', { a: '100%' }],
  ['a=%ff', { a: '%ff' }],
  ['a; =b; ; =', {}],
  [
    '__proto__=1; constructor=2',
    Object.fromEntries([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]),
  ],
])('the header %j is read as %j', ([header, expected]) => {
  expect(Object.fromEntries(parseCookieHeader(header))).toEqual(expected)
})

test('no header is an error', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (header) => {
      expect(() => parseCookieHeader(header)).not.toThrow()
    }),
  )
})

test.for<[Omit<SetCookie, 'name' | 'value'>, string]>([
  [{}, 'Path=/'],
  [{ path: '/posts' }, 'Path=/posts'],
  [{ domain: 'a.com' }, 'Path=/; Domain=a.com'],
  [{ expires: new Date(0) }, 'Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT'],
  [{ expires: 1000 }, 'Path=/; Expires=Thu, 01 Jan 1970 00:00:01 GMT'],
  [{ maxAge: 60.5 }, 'Path=/; Max-Age=60'],
  [{ maxAge: 0 }, 'Path=/; Max-Age=0'],
  [{ secure: true, httpOnly: true, partitioned: true }, 'Path=/; Secure; HttpOnly; Partitioned'],
  [{ secure: false, httpOnly: false, partitioned: false, sameSite: false }, 'Path=/'],
  [{ sameSite: true }, 'Path=/; SameSite=Strict'],
  [{ sameSite: 'lax' }, 'Path=/; SameSite=Lax'],
  [{ sameSite: 'none' }, 'Path=/; SameSite=None'],
  [{ priority: 'high' }, 'Path=/; Priority=High'],
])('%j is sent as %s (159)', ([options, attributes]) => {
  const header = formatSetCookie({ name: 'a', value: 'ü;"', ...options })
  expect(header).toBe(`a=%C3%BC%3B%22; ${attributes}`)
})

test.for<CookieOptions>([
  {},
  { path: '/posts', domain: 'a.com' },
  { expires: new Date(1000), maxAge: 60 },
  { secure: true, httpOnly: true, partitioned: true },
  { sameSite: 'none', priority: 'high' },
])('a cookie with %j survives its Set-Cookie header', (options) => {
  const cookie: SetCookie = { name: 'a', value: 'ü;"=', path: '/', ...options }
  expect(parseSetCookie(formatSetCookie(cookie))).toEqual(cookie)
})

test('attributes that are not known are passed over', () => {
  expect(parseSetCookie('a=b=c;secure; New; SameSite=odd')).toEqual({
    name: 'a',
    value: 'b=c',
    secure: true,
  })
})

test.for<[object, RegExp]>([
  [{ name: 'a b' }, /"a b" cannot have the name "a b": use letters/],
  [{ name: '' }, /the name ""/],
  [{ name: 'a\r\nSet-Cookie: b' }, /the name "a\\r\\nSet-Cookie: b"/],
  [{ path: '/\r\nX: y' }, /cookie "a" cannot have the path "\/\\r\\nX: y": use printable ASCII/],
  [{ path: '/; Domain=b.com' }, /the path "\/; Domain=b.com"/],
  [{ path: '/é' }, /the path "\/é"/],
  [{ path: '' }, /the path ""/],
  [{ domain: 'a\0b' }, /the domain "a\\u0000b"/],
  [{ expires: new Date('x') }, /the expires Invalid Date: use a valid date/],
  [{ expires: Number.NaN }, /the expires NaN/],
  [{ maxAge: Number.NaN }, /the maxAge NaN: use a number of seconds/],
  [{ maxAge: '60; Domain=b' }, /the maxAge "60; Domain=b"/],
  [{ sameSite: 'lax\r\n' }, /the sameSite "lax\\r\\n": use true, 'strict', 'lax' or 'none'/],
  [{ priority: 7 }, /the priority 7: use 'low'/],
])('%j is refused, and the error names the value', ([options, message]) => {
  const refused = (): string => formatSetCookie({ name: 'a', value: 'b', ...options })
  expect(refused).toThrow(TypeError)
  expect(refused).toThrow(message)
})

test('nothing that is accepted adds an attribute or ends the header', () => {
  const text = fc.string({ unit: fc.constantFrom('a', ';', '=', '\r', '\n', '\0', ' ', 'é', '"') })
  fc.assert(
    fc.property(fc.record({ name: text, value: text, path: text, domain: text }), (cookie) => {
      let header = ''
      try {
        header = formatSetCookie(cookie)
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError)
        return
      }
      expect(header).toMatch(/^[\x20-\x7e]*$/)
      expect(header.split(';')).toHaveLength(3)
    }),
  )
})
