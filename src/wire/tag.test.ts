import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashOfTag, isNormalPath, tagNumber, tagOfPath, tagsOfPage } from './tag.ts'

/** Whether `revalidatePath(path, covers)` touches a page. */
function touches(
  [path, covers]: [path: string, covers: 'page' | 'layout'],
  [pathname, pattern]: [pathname: string, pattern: string],
): boolean {
  return tagsOfPage(pathname, pattern).includes(tagOfPath(path, covers))
}

const post: [string, string] = ['/blog/first', '(site)/blog/[slug]']
const home: [string, string] = ['/', '']
const file: [string, string] = ['/docs/a/b%20c', 'docs/[...path]']

test.for([
  ['its path', '/blog/first', 'page', post, true],
  ['its path with a slash at the end', '/blog/first/', 'page', post, true],
  ['its path without one in front', 'blog/first', 'page', post, true],
  ['its route', '/blog/[slug]', 'page', post, true],
  ['its route as the files have it', '/(site)/blog/[slug]', 'page', post, true],
  ['the layout of its route', '/blog/[slug]', 'layout', post, true],
  ['a layout above', '/blog', 'layout', post, true],
  ['the root layout', '/', 'layout', post, true],
  ['the page above', '/blog', 'page', post, false],
  ['the page at the root', '/', 'page', post, false],
  ['another page', '/blog/second', 'page', post, false],
  ['the layout of another page', '/blog/fir', 'layout', post, false],
  ['another route', '/blog/[id]', 'page', post, false],
  ['its path, at the root', '/', 'page', home, true],
  ['the root layout, at the root', '/', 'layout', home, true],
  ['a page below the root', '/blog', 'layout', home, false],
  ['its path as people write it', '/docs/a/b c', 'page', file, true],
  ['its path as the address bar has it', '/docs/a/b%20c', 'page', file, true],
  ['a part of a catch-all', '/docs/a', 'layout', file, true],
  ['a catch-all route', '/docs/[...path]', 'page', file, true],
] as const)('%s: %s as a %s', ([, path, covers, page, touched]) => {
  expect(touches([path, covers], page)).toBe(touched)
})

test('a path that is no valid address has tags all the same', () => {
  expect(tagsOfPage('/%zz', '[id]')).toContain('page:/%zz')
  expect(tagsOfPage('/%zz', '[id]')).toContain(tagOfPath('%zz', 'page'))
})

test('a page has no tag twice', () => {
  for (const [pathname, pattern] of [post, home, file]) {
    const tags = tagsOfPage(pathname, pattern)
    expect(new Set(tags).size).toBe(tags.length)
  }
})

test('a hash is short, plain text, and does not hold the tag', () => {
  fc.assert(
    fc.property(fc.string(), (tag) => {
      expect(hashOfTag(tag)).toMatch(/^[\da-z]{1,10}$/)
      expect(hashOfTag(tag)).toBe(hashOfTag(tag))
      expect(tagNumber(tag)).toBeGreaterThanOrEqual(0)
      expect(tagNumber(tag)).toBeLessThan(2 ** 48)
    }),
  )
})

test('tags that differ a little have other hashes, in all of their bits', () => {
  const tags = Array.from({ length: 100_000 }, (_, i) => `post:${i}`)
  expect(new Set(tags.map(hashOfTag)).size).toBe(tags.length)
  const halves = tags.map(tagNumber).map((number) => Math.floor(number / 2 ** 32))
  // Of 65,536 places, this many balls leave about a fifth empty.
  expect(new Set(halves).size).toBeGreaterThan(48_000)
})

test.for<[string, boolean]>([
  ['/', true],
  ['/posts/plain', true],
  ['/posts/@ada', true],
  ['/posts/%40ada', true],
  ['/c++/a=b;c,d:e&$', true],
  ['/posts/%C3%BC', true],
  ['/posts/%61', false],
  ['/posts/', false],
  ['/posts//a', false],
  ['/posts/%2f', false],
])('%j is how a path is spelled: %j', ([path, isNormal]) => {
  expect(isNormalPath(path)).toBe(isNormal)
})
