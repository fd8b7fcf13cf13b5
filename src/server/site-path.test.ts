import { expect, test } from 'vitest'
import { appConfig } from '../../test/support/server-config.ts'
import { shownHref, withBase, withoutBase } from './site-path.ts'
import { parseTarget } from './target.ts'

const site = { ...appConfig.site, basePath: '/docs' }

test.for([
  ['/docs', '/'],
  ['/docs/', '/'],
  ['/docs?a=1', '/?a=1'],
  ['/docs/posts?a=1', '/posts?a=1'],
] as const)('%s is %s of the app', ([href, own]) => {
  expect(withoutBase(parseTarget(href)!, site)?.href).toBe(own)
})

test.for(['/', '/docsify', '/posts', '/docs//evil.example', '/Docs/posts'])(
  '%s is outside of the app',
  (href) => {
    expect(withoutBase(parseTarget(href)!, site)).toBeNull()
  },
)

test('a target gets the base path back that was taken from it', () => {
  const target = parseTarget('/posts?a=1')!
  expect(withoutBase(withBase(target, site), site)).toEqual(target)
})

test.for([
  ['/posts?a=1', '/docs/posts/?a=1'],
  ['/', '/docs/'],
  ['/file.txt', '/docs/file.txt'],
] as const)('with a trailing slash, %s is shown as %s', ([href, shown]) => {
  expect(shownHref(parseTarget(href)!, { ...site, trailingSlash: true })).toBe(shown)
})

test('what was rewritten is shown as it was asked for', () => {
  const target = { ...parseTarget('/posts')!, shown: '/asked' }
  expect(shownHref(target, appConfig.site)).toBe('/asked')
})
