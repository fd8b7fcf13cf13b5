import { expect, test } from 'vitest'
import { answerHeaders, overriddenHeaders } from './middleware-headers.ts'
import { VolleyRequest } from './volley-request.ts'
import { VolleyResponse } from './volley-response.ts'

test('a cookie that is set again takes the place of the first; others stay as they are', () => {
  const response = new VolleyResponse(null, { headers: [['set-cookie', 'b=2; Path=/x']] })
  response.cookies.set('a', '1')
  response.cookies.set({ name: 'a', value: '2', maxAge: 60 })
  expect(response.headers.getSetCookie()).toEqual(['b=2; Path=/x', 'a=2; Path=/; Max-Age=60'])
  expect(response.cookies.get('a')).toEqual({ name: 'a', value: '2', path: '/', maxAge: 60 })
  expect(response.cookies.getAll().map(({ name }) => name)).toEqual(['b', 'a'])
  response.cookies.delete('a')
  expect(response.cookies.get('a')?.value).toBe('')
})

test('headers for the request survive in those of the response, and are not sent', () => {
  const request = new VolleyRequest('http://a.example/', { headers: { a: '1', b: '2' } })
  request.headers.set('a', 'changed')
  request.headers.delete('b')
  request.cookies.set('c', '3')
  const response = VolleyResponse.next({ request, headers: { 'x-own': 'yes' } })
  expect(overriddenHeaders(response.headers)).toEqual({ a: 'changed', cookie: 'c=3' })
  expect(answerHeaders(response.headers)).toEqual([['x-own', 'yes']])
})

test('a copy of a response of middleware says the same', () => {
  const response = VolleyResponse.next({ request: { headers: new Headers({ a: '1' }) } })
  const copy = new Response(response.body, response)
  expect(overriddenHeaders(copy.headers)).toEqual({ a: '1' })
})

test('without headers for the request it keeps those that it has', () => {
  expect(overriddenHeaders(VolleyResponse.next().headers)).toBeNull()
})

test('a URL has the paths of the app, below its base path', () => {
  const init = { nextConfig: { basePath: '/docs' } }
  const { nextUrl } = new VolleyRequest('http://a.example/docs/posts?x=1', init)
  expect([nextUrl.pathname, nextUrl.basePath, nextUrl.href]).toEqual([
    '/posts',
    '/docs',
    'http://a.example/docs/posts?x=1',
  ])
  const other = nextUrl.clone()
  other.pathname = '/login'
  other.searchParams.set('from', nextUrl.pathname)
  expect(String(other)).toBe('http://a.example/docs/login?x=1&from=%2Fposts')
  expect(nextUrl.pathname).toBe('/posts')
})
