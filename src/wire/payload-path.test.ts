import { expect, test } from 'vitest'
import { pageHref, payloadHref } from './payload-path.ts'

test.for(['/', '/posts?page=2', '/-/payload/x'])(
  '%s survives as the path of its payload',
  (href) => {
    expect(pageHref(payloadHref(href))).toBe(href)
  },
)

test('a page is not a payload', () => {
  expect(['/posts', '/-/payloads/posts', '/-/payload'].map(pageHref)).toEqual([null, null, null])
})
