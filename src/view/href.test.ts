import { expect, test } from 'vitest'
import { formatHref, resolveTarget } from './href.ts'

const here = 'https://example.com/posts/7?page=2#top'

test.for([
  ['/posts', 'page', '/posts'],
  ['?page=3', 'page', '/posts/7?page=3'],
  ['../about', 'page', '/about'],
  ['https://example.com/x', 'page', '/x'],
  [here.replace('#top', ''), 'page', '/posts/7?page=2'],
  ['#end', 'hash', '/posts/7?page=2'],
  ['#', 'hash', '/posts/7?page=2'],
  ['/posts/7?page=2#end', 'hash', '/posts/7?page=2'],
  ['/posts/7#end', 'page', '/posts/7'],
  ['https://other.example/posts', 'document', '/posts'],
  ['//other.example', 'document', '/'],
  ['/.//other.example', 'page', '/other.example'],
  ['/..\\/other.example?q', 'page', '/other.example?q'],
  ['http://example.com/posts', 'document', '/posts'],
] as const)('%s leads to a %s, %s', ([href, leads, path]) => {
  expect(resolveTarget(href, here)).toMatchObject({ leads, path })
})

test.for([
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  ' javascript:x',
  'data:text/html,x',
  'mailto:a@b.c',
])('%s leads nowhere', (href) => {
  expect(resolveTarget(href, here).leads).toBe('nowhere')
})

test('an href may be given in parts', () => {
  expect(formatHref('/as/it?is')).toBe('/as/it?is')
  expect(formatHref({ pathname: '/a b', query: { q: 'x&y', n: 1, on: true } })).toBe(
    '/a b?q=x%26y&n=1&on=true',
  )
  expect(formatHref({ query: { tag: ['a', 'b'], none: undefined, no: null }, hash: 'end' })).toBe(
    '?tag=a&tag=b#end',
  )
  expect(formatHref({ pathname: '/x', hash: '#end' })).toBe('/x#end')
})
