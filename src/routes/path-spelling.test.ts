import { expect, test } from 'vitest'
import { oneSpelling } from './path-spelling.ts'

test.for([
  ['/', '/'],
  ['/admin', '/admin'],
  ['/admin/', '/admin'],
  ['/%61dmin', '/admin'],
  ['/admin%20area', '/admin%20area'],
  ['/caf%C3%A9', '/caf%C3%A9'],
  ['/a%3Fb%23c', '/a%3Fb%23c'],
  ['/a%2Bb+c', '/a+b+c'],
] as const)('%s is seen as %s', ([pathname, seen]) => {
  expect(oneSpelling(pathname)).toBe(seen)
})

test.for(['//admin', '/a%2Fb', '/%E0%A4%A', '/..', '/%2e%2e/admin'])(
  '%s, which is no page, stays as it is',
  (pathname) => {
    expect(oneSpelling(pathname)).toBe(pathname)
  },
)
