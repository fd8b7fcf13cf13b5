import { expect, test } from 'vitest'
import type { PathRules, RewriteRule } from './path-rules.ts'
import { ruleBook } from './path-rules.ts'
import type { Visit } from './path-rule.ts'

const none: PathRules = {
  headers: [],
  redirects: [],
  rewrites: { beforeFiles: [], afterFiles: [], fallback: [] },
}

type Sent = { headers?: Record<string, string>; cookies?: Record<string, string> }

function visit(href: string, { headers = {}, cookies = {} }: Sent = {}): Visit {
  const [pathname = '', search] = href.split('?')
  return {
    pathname,
    search: search === undefined ? '' : `?${search}`,
    header: (name) => headers[name],
    cookie: (name) => cookies[name],
  }
}

function redirectOf(source: string, destination: string) {
  const book = ruleBook({ ...none, redirects: [{ source, destination, status: 308 }] })
  return (href: string) => book.redirectFor(visit(href))?.to
}

function rewriteOf(rule: RewriteRule) {
  const book = ruleBook({ ...none, rewrites: { ...none.rewrites, afterFiles: [rule] } })
  return (seen: Visit) => book.rewriteFor('afterFiles', seen)?.to
}

test.for([
  ['/old', '/new', '/old', '/new'],
  ['/old', '/new', '/OLD/', '/new'],
  ['/old', '/new', '/older', undefined],
  ['/blog/:slug', '/news/:slug', '/blog/a%20b', '/news/a%20b'],
  ['/blog/:slug', '/news/:slug', '/blog/a/b', undefined],
  ['/blog/:path*', '/news/:path*', '/blog/a/b', '/news/a/b'],
  ['/blog/:path*', '/news/:path*', '/blog', '/news'],
  ['/post/:id(\\d+)', '/p/:id', '/post/7', '/p/7'],
  ['/post/:id(\\d+)', '/p/:id', '/post/x', undefined],
  ['/:language(en|de)/shop', '/shop?language=:language', '/de/shop', '/shop?language=de'],
  ['/old', '/new#part', '/old', '/new#part'],
  ['/old', 'https://example.com:8080/x', '/old', 'https://example.com:8080/x'],
  ['/out/:path*', 'https://example.com/:path*', '/out/a', 'https://example.com/a'],
  ['/of/:tenant', 'https://:tenant.example.com/', '/of/ada', 'https://ada.example.com/'],
  ['/of/:t', 'https://:t.a.b/', '/of/evil.example%2F', 'https://evil.example%2F.a.b/'],
  ['/old', '/new', '/old?a=1&b=2', '/new?a=1&b=2'],
  ['/old', '/new?a=own', '/old?a=1&b=2', '/new?a=own&b=2'],
  ['/go/:to', '/:to', '/go/%2F%2Fevil.example', '/%2F%2Fevil.example'],
] as const)('%s → %s leads %s to %s', ([source, destination, href, to]) => {
  expect(redirectOf(source, destination)(href)).toBe(to)
})

test('the first redirect that applies counts', () => {
  const redirects = [
    { source: '/a', destination: '/first', status: 307 },
    { source: '/:any', destination: '/second', status: 308 },
  ]
  const book = ruleBook({ ...none, redirects })
  expect(book.redirectFor(visit('/a'))).toEqual({ to: '/first', status: 307 })
  expect(book.redirectFor(visit('/b'))).toEqual({ to: '/second', status: 308 })
})

test('a rewrite gives parameters that its destination does not name to the page', () => {
  const rewrite = rewriteOf({ source: '/u/:name', destination: '/profile' })
  expect(rewrite(visit('/u/ada?tab=posts'))).toBe('/profile?name=ada&tab=posts')
})

test('a rewrite goes on after the rule that was taken', () => {
  const rules = [
    { source: '/a', destination: '/b' },
    { source: '/b', destination: '/c' },
  ]
  const book = ruleBook({ ...none, rewrites: { ...none.rewrites, beforeFiles: rules } })
  const first = book.rewriteFor('beforeFiles', visit('/a'))
  expect(first).toEqual({ to: '/b', next: 1 })
  expect(book.rewriteFor('beforeFiles', visit('/b'), first?.next)).toEqual({ to: '/c', next: 2 })
})

test.for([
  ['header', { headers: { 'x-beta': 'yes' } }],
  ['cookie', { cookies: { 'x-beta': 'yes' } }],
] as const)('a condition looks at a %s', ([type, sent]) => {
  const has = [{ type, key: 'X-Beta', value: '(?<answer>yes|no)' }]
  const named = type === 'header' ? has : [{ ...has[0]!, key: 'x-beta' }]
  const rewrite = rewriteOf({ source: '/', destination: '/beta/:answer', has: named })
  expect(rewrite(visit('/', sent))).toBe('/beta/yes')
  expect(rewrite(visit('/'))).toBeUndefined()
})

test('a condition looks at the search parameters and at the host', () => {
  const query = rewriteOf({
    source: '/',
    destination: '/preview',
    has: [{ type: 'query', key: 'preview' }],
  })
  expect(query(visit('/?preview=1'))).toBe('/preview?preview=1')
  expect(query(visit('/'))).toBeUndefined()
  const host = rewriteOf({
    source: '/:path*',
    destination: '/sites/:site/:path*',
    has: [{ type: 'host', value: '(?<site>\\w+)\\.example\\.com' }],
  })
  expect(host(visit('/a', { headers: { host: 'Ada.example.com:80' } }))).toBe('/sites/ada/a')
  expect(host(visit('/a', { headers: { host: 'example.com' } }))).toBeUndefined()
})

test('a rule with `missing` applies where that is not there', () => {
  const missing = [{ type: 'cookie' as const, key: 'session' }]
  const rewrite = rewriteOf({ source: '/home', destination: '/welcome', missing })
  expect(rewrite(visit('/home'))).toBe('/welcome')
  expect(rewrite(visit('/home', { cookies: { session: '1' } }))).toBeUndefined()
})

test('headers are filled in, and of all rules that apply', () => {
  const headers = [
    { source: '/:path*', headers: [{ key: 'X-Frame-Options', value: 'DENY' }] },
    { source: '/blog/:slug', headers: [{ key: 'x-:slug', value: 'of :slug at https://a.b:80' }] },
  ]
  const book = ruleBook({ ...none, headers })
  expect(book.headersFor(visit('/blog/one'))).toEqual([
    ['x-frame-options', 'DENY'],
    ['x-one', 'of one at https://a.b:80'],
  ])
  expect(book.headersFor(visit('/blog/one/two'))).toEqual([['x-frame-options', 'DENY']])
})

test('what a header cannot hold is escaped where one is filled in', () => {
  const headers = [
    { source: '/blog/:slug', headers: [{ key: 'x-:slug', value: ':slug' }] },
    {
      source: '/',
      has: [{ type: 'query' as const, key: 'q' }],
      headers: [{ key: 'q', value: ':q' }],
    },
  ]
  const book = ruleBook({ ...none, headers })
  expect(book.headersFor(visit('/blog/a%0d%0ab:%E6%97%A5'))).toEqual([
    ['x-a%0D%0Ab%3A%E6%97%A5', 'a%0D%0Ab:%E6%97%A5'],
  ])
  expect(book.headersFor(visit('/?q=%0D%0Aset-cookie'))).toEqual([['q', '%0D%0Aset-cookie']])
})

test('what is no pattern is an error', () => {
  expect(() => redirectOf('/(', '/new')).toThrow(TypeError)
})
