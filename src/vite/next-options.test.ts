import { expect, test } from 'vitest'
import { fromNextOptions } from './next-options.ts'

test('options that Volley has are taken over, functions of them are asked', async () => {
  const redirect = { source: '/a', destination: '/b', permanent: true }
  const { options, basePath, env, ignored } = await fromNextOptions({
    basePath: '/docs',
    trailingSlash: true,
    env: { GREETING: 'hello' },
    redirects: async () => [redirect],
    serverActions: { bodySizeLimit: '2mb' },
    cacheLife: { blog: { revalidate: 60 } },
  })
  expect(options).toEqual({
    paths: { trailingSlash: true, redirects: [redirect] },
    server: { bodySizeLimit: '2mb' },
    cache: { profiles: { blog: { revalidate: 60 } } },
  })
  expect([basePath, env, ignored]).toEqual(['/docs', { GREETING: 'hello' }, []])
})

test('options of the experimental part are options, too', async () => {
  const allowedOrigins = ['friend.example']
  const { options } = await fromNextOptions({ experimental: { serverActions: { allowedOrigins } } })
  expect(options.server).toEqual({ allowedOrigins })
})

test('what has no effect is named, what says what is so anyway is not', async () => {
  const { ignored } = await fromNextOptions({
    reactStrictMode: true,
    poweredByHeader: false,
    output: undefined,
    experimental: { useCache: true, viewTransition: true, ppr: true },
  })
  expect(ignored).toEqual(['reactStrictMode', 'experimental.ppr'])
})

test('a rewrite to another site is left out and named', async () => {
  const own = { source: '/a', destination: '/b' }
  const rewrites = () => [own, { source: '/x/:p*', destination: 'https://other.example/:p*' }]
  const { options, ignored } = await fromNextOptions({ rewrites })
  expect(options.paths?.rewrites).toEqual({ afterFiles: [own] })
  expect(ignored).toEqual(['the rewrite of /x/:p* to https://other.example/:p*'])
})
