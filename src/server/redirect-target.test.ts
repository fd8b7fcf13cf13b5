import { expect, test } from 'vitest'
import { appConfig } from '../../test/support/server-config.ts'
import { redirectTarget } from './redirect-target.ts'
import { parseTarget } from './target.ts'

const config = appConfig

function resolve(to = '', from = '/a/b?x=1', origin: string | null = null): [string, boolean] {
  const site = {
    config: { ...config, server: { ...config.server, origin } },
    headers: { host: 'app.example:3000' },
  }
  const { target, to: resolved } = redirectTarget(to, parseTarget(from)!, site)
  return [resolved, target !== null]
}

test.for([
  ['/posts?q=1#top', '/posts?q=1#top'],
  ['./c', '/a/c'],
  ['../c', '/c'],
  ['../../../c', '/c'],
  ['?y=2', '/a/b?y=2'],
  ['/名;x', '/%E5%90%8D;x'],
  ['/.//evil.example', '/evil.example'],
  ['.//evil.example', '/a//evil.example'],
  ['..//evil.example', '/evil.example'],
  ['http://app.example:3000//evil.example', '/evil.example'],
  ['http://app.example:3000/x', '/x'],
  ['https://APP.example:3000/x?y', '/x?y'],
])('%s from /a/b stays here: %s', ([to, expected]) => {
  expect(resolve(to)).toEqual([expected, true])
})

test.for(['https://other.example/x', 'http://app.example/x', 'http://app.example:3001/'])(
  '%s leads elsewhere',
  (to) => {
    expect(resolve(to)).toEqual([to, false])
  },
)

test('with a public origin, only that origin is this app', () => {
  const origin = 'https://public.example'
  expect(resolve('https://public.example/x', '/', origin)).toEqual(['/x', true])
  expect(resolve('http://app.example:3000/x', '/', origin)[1]).toBe(false)
})
