import { expect, test } from 'vitest'
import { appConfig, serverConfig } from '../../test/support/server-config.ts'
import type { ServerConfig } from './config.ts'
import type { ServerRequest } from './exchange.ts'
import { publicUrl } from './public-url.ts'
import { parseTarget } from './target.ts'

const forwarded = { 'x-forwarded-host': 'front.example, inner', 'x-forwarded-proto': 'https' }

function urlOf(headers: ServerRequest['headers'], options: Partial<ServerConfig> = {}): string {
  const request: ServerRequest = {
    method: 'GET',
    target: '/a?b',
    headers,
    protocol: 'http',
    remoteAddress: '10.0.0.1',
    signal: () => new AbortController().signal,
    bytes: async () => Buffer.of(),
    text: () => Promise.resolve(''),
    form: () => Promise.resolve(new FormData()),
    web: (url) => new Request(url),
  }
  const server = { ...serverConfig, ...options }
  return publicUrl(request, parseTarget('/a?b')!, { ...appConfig, server }).href
}

test('user code sees the host of the request', () => {
  expect(urlOf({ host: 'app.example:3000' })).toBe('http://app.example:3000/a?b')
  expect(urlOf({})).toBe('http://localhost/a?b')
  expect(urlOf({ host: 'not a host' })).toBe('http://localhost/a?b')
  expect(urlOf({ host: 'user@app.example' })).toBe('http://localhost/a?b')
  expect(urlOf({ host: 'app.example/path' })).toBe('http://localhost/a?b')
})

test('what a proxy forwards counts only where that proxy is trusted', () => {
  const headers = { host: 'inner:1', ...forwarded }
  expect(urlOf(headers)).toBe('http://inner:1/a?b')
  expect(urlOf(headers, { trustProxy: ['10.0.0.2'] })).toBe('http://inner:1/a?b')
  expect(urlOf(headers, { trustProxy: ['10.0.0.1'] })).toBe('https://front.example/a?b')
})

test('a configured origin is the origin', () => {
  const origin = 'https://public.example'
  expect(urlOf({ host: 'x', ...forwarded }, { origin, trustProxy: true })).toBe(`${origin}/a?b`)
})
