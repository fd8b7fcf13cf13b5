import { expect, test } from 'vitest'
import { pageHref, payloadHref, payloadHrefBelow } from './payload-path.ts'

test.for([
  ['/', ''],
  ['/posts?page=2', ''],
  ['/-/payload/x', ''],
  ['/docs', '/docs'],
  ['/docs?page=2', '/docs'],
  ['/docs/posts', '/docs'],
] as const)('%s survives as the path of its payload, below "%s"', ([href, base]) => {
  const payload = payloadHrefBelow(base, href)
  expect(payload).toMatch(`${base}/-/payload`)
  expect(pageHref(payload, base)).toBe(href)
  if (base === '') expect(payloadHref(href)).toBe(payload)
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
