import { expect, test } from 'vitest'
import { serverConfig } from '../../test/support/server-config.ts'
import type { ServerConfig } from './config.ts'
import { assertSameSite } from './cross-site.ts'
import type { ServerRequest } from './exchange.ts'
import { Refusal } from './refusal.ts'

const config: ServerConfig = {
  ...serverConfig,
  allowedOrigins: ['partner.example', '*.shop.example'],
}

function passes(headers: ServerRequest['headers'], overrides: Partial<ServerConfig> = {}): boolean {
  const request: ServerRequest = {
    method: 'POST',
    target: '/',
    headers: { host: 'app.example', ...headers },
    protocol: 'http',
    remoteAddress: '10.0.0.1',
    signal: () => new AbortController().signal,
    bytes: async () => Buffer.of(),
    text: () => Promise.reject(new Error('the body was read')),
    form: () => Promise.reject(new Error('the body was read')),
    web: () => new Request('http://app.example/'),
  }
  try {
    assertSameSite(request, { ...config, ...overrides })
    return true
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal)
    expect(error).toMatchObject({ code: 'cross-site' })
    return false
  }
}

const own = 'https://app.example'

test.for([
  ['same-origin', undefined, true],
  ['same-origin', own, true],
  ['none', undefined, true],
  ['same-site', own, false],
  ['same-site', undefined, false],
  ['cross-site', own, false],
  ['cross-site', 'https://evil.example', false],
  ['cross-site', 'null', false],
  ['cross-site', 'https://partner.example', true],
  ['same-site', 'https://eu.shop.example', true],
  ['something-new', own, false],
  [undefined, own, true],
  [undefined, 'http://app.example', true],
  [undefined, 'https://APP.example', true],
  [undefined, 'https://app.example:444', false],
  [undefined, 'https://app.example.evil.example', false],
  [undefined, 'https://evil.example', false],
  [undefined, 'https://partner.example', true],
  [undefined, 'null', false],
  [undefined, '', false],
  [undefined, 'http://', false],
  [undefined, 'not-a-url', false],
  [undefined, 'https://app.example, https://evil.example', false],
  [undefined, 'https://user@app.example', false],
  [undefined, 'https://app.example/path', false],
  [undefined, 'ftp://app.example', false],
  [undefined, undefined, true],
] as const)('Sec-Fetch-Site %s with Origin %s: passes is %s', ([site, origin, expected]) => {
  const headers = {
    ...(site === undefined ? {} : { 'sec-fetch-site': site }),
    ...(origin === undefined ? {} : { origin }),
  }
  expect(passes(headers)).toBe(expected)
})

test('with requireOrigin a request that is not a browser’s is refused', () => {
  expect(passes({}, { requireOrigin: true })).toBe(false)
  expect(passes({ origin: own }, { requireOrigin: true })).toBe(true)
})

test('a configured origin is compared as a whole, and Host counts for nothing', () => {
  const origin = 'https://public.example'
  expect(passes({ origin }, { origin })).toBe(true)
  expect(passes({ origin: 'http://public.example' }, { origin })).toBe(false)
  expect(passes({ origin: own }, { origin })).toBe(false)
})

test('a sandboxed document passes only where null is listed', () => {
  expect(
    passes({ origin: 'null', 'sec-fetch-site': 'cross-site' }, { allowedOrigins: ['null'] }),
  ).toBe(true)
})

test('a forwarded host counts only from a trusted proxy, and its first entry', () => {
  const headers = { origin: 'https://front.example', 'x-forwarded-host': 'front.example, inner' }
  expect(passes(headers)).toBe(false)
  expect(passes(headers, { trustProxy: ['10.0.0.2'] })).toBe(false)
  expect(passes(headers, { trustProxy: ['10.0.0.1'] })).toBe(true)
  expect(passes(headers, { trustProxy: true })).toBe(true)
  expect(passes({ ...headers, origin: own }, { trustProxy: true })).toBe(false)
})
