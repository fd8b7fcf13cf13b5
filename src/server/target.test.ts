import { expect, test } from 'vitest'
import { parseTarget, searchParameters } from './target.ts'

test.for([
  ['/', { pathname: '/', search: '', href: '/' }],
  ['/a/b?x=1?y', { pathname: '/a/b', search: '?x=1?y', href: '/a/b?x=1?y' }],
  ['/a?', { pathname: '/a', search: '?', href: '/a?' }],
  ['/a#b', { pathname: '/a', search: '', href: '/a' }],
  ['/名', { pathname: '/名', search: '', href: '/名' }],
] as const)('%s is a target', ([href, target]) => {
  expect(parseTarget(href)).toEqual(target)
})

test.for([
  '',
  '*',
  'a',
  '//evil.example',
  '/\\evil.example',
  'http://evil.example/',
  '/a b',
  '/a\nb',
  '/a\0',
])('%j is no target', (href) => {
  expect(parseTarget(href)).toBeNull()
})

test('a search parameter that comes repeatedly is a list, and no name is special', () => {
  expect(searchParameters('?a=1&b=2&a=3&a=')).toEqual({ a: ['1', '3', ''], b: '2' })
  const parameters = searchParameters('?__proto__=x&constructor=y')
  expect(Object.getPrototypeOf(parameters)).toBe(Object.prototype)
  expect(Object.entries(parameters)).toEqual([
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ])
})
