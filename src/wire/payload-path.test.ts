import { expect, test } from 'vitest'
import { pageHref, payloadHref } from './payload-path.ts'

test.for([
  ['/', ''],
  ['/posts?page=2', ''],
  ['/-/payload/x', ''],
  ['/docs', '/docs'],
  ['/docs?page=2', '/docs'],
  ['/docs/posts', '/docs'],
] as const)('%s survives as the path of its payload, below "%s"', ([href, base]) => {
  expect(payloadHref(href, base)).toMatch(`${base}/-/payload`)
  expect(pageHref(payloadHref(href, base), base)).toBe(href)
})

test.for(['/posts', '/-/payloads/posts', '/-/payload', '/-/payload?a'])(
  '%s is not the path of a payload',
  (href) => {
    expect(pageHref(href, '')).toBeNull()
  },
)

test('a payload above the base path is none of the app', () => {
  expect(pageHref('/-/payload/docs', '/docs')).toBeNull()
})
