import { expect, test } from 'vitest'
import { type PathOptions, resolvePathOptions } from './path-options.ts'

test('sources and destinations are below the base path, unless they say otherwise', () => {
  const { rulesBelow } = resolvePathOptions({
    redirects: [
      { source: '/', destination: '/start', permanent: true },
      { source: '/', destination: '/docs', basePath: false },
      { source: '/out', destination: 'https://other.example/', statusCode: 301 },
    ],
    rewrites: [{ source: '/a', destination: '/' }],
  })
  const { redirects, rewrites } = rulesBelow('/docs')
  expect(redirects).toEqual([
    { source: '/docs', destination: '/docs/start', status: 308 },
    { source: '/', destination: '/docs', status: 307 },
    { source: '/docs/out', destination: 'https://other.example/', status: 301 },
  ])
  expect(rewrites).toEqual({
    beforeFiles: [],
    afterFiles: [{ source: '/docs/a', destination: '/docs' }],
    fallback: [],
  })
})

test.for<[object, string]>([
  [{ trailingSlash: 'yes' }, '`paths.trailingSlash` is "yes", but must be true or false'],
  [
    { redirects: [{ source: 'a', destination: '/b' }] },
    '`paths.redirects[0].source` is "a", but must be a path that begins with a slash',
  ],
  [
    { rewrites: { fallback: [{ source: '/a', destination: 'b' }] } },
    '`paths.rewrites.fallback[0].destination` is "b", but must be a path such as /posts/:id, or a URL',
  ],
  [
    { headers: [{ source: '/(', headers: [] }] },
    '`paths.headers[0]` is {"source":"/(","headers":[]}, but must be a pattern such as /posts/:id (',
  ],
  [{ rewrite: [] }, '`paths.rewrite` is [], but must be left out: known are paths.trailingSlash'],
])('%j is refused with its name and value', ([options, message]) => {
  expect(() => resolvePathOptions(options as PathOptions)).toThrow(message)
})
