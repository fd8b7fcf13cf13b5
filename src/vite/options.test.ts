import { expect, test } from 'vitest'
import { appConfig } from '../../test/support/server-config.ts'
import { defaultReplyLimits } from '../flight/reply-limits.ts'
import { resolveOptions, type VolleyOptions } from './options.ts'

test('without options every default is filled in', () => {
  const { paths, ...options } = resolveOptions({})
  expect(paths.trailingSlash).toBe(false)
  expect(paths.rulesBelow('')).toEqual(appConfig.site.rules)
  expect(options).toEqual({
    calls: 'parallel',
    typedRoutes: false,
    logCalls: true,
    server: {
      origin: null,
      allowedOrigins: [],
      trustProxy: false,
      bodySizeLimit: 1_048_576,
      requireOrigin: false,
      timeout: 30_000,
      functions: {},
      maxCalls: 1_000,
      maxDelay: 250,
      decoding: defaultReplyLimits,
      health: true,
    },
    cache: { maxSize: 67_108_864, profiles: {} },
  })
})

test.for([
  ['2mb', 2_097_152],
  ['2 MB', 2_097_152],
  ['1.5kb', 1536],
  ['100', 100],
  [500, 500],
  ['1gb', 1_073_741_824],
] as const)('a body limit of %j is %d bytes', ([bodySizeLimit, bytes]) => {
  expect(resolveOptions({ server: { bodySizeLimit } }).server.bodySizeLimit).toBe(bytes)
})

test.for([-1, 0, 'a lot', '2tb', '-1mb', '', Number.NaN, null, '1e3mb'])(
  'a body limit of %j is refused with its name and value (241)',
  (bodySizeLimit) => {
    // The value comes from a config file, which need not be type-checked.
    const options = { server: { bodySizeLimit } } as VolleyOptions
    expect(() => resolveOptions(options)).toThrow(
      `volley(): the option \`server.bodySizeLimit\` is ${JSON.stringify(bodySizeLimit)}, but must be a number of bytes`,
    )
  },
)

test.for(['https://example.com', 'https://example.com/', 'http://localhost:3000'])(
  '%s is an origin',
  (origin) => {
    expect(resolveOptions({ server: { origin } }).server.origin).toBe(origin.replace(/\/$/, ''))
  },
)

test.for(['example.com', 'https://example.com/path', 'ftp://example.com', 'https://e.com?x=1', ''])(
  '%j is not an origin',
  (origin) => {
    expect(() => resolveOptions({ server: { origin } })).toThrow(/`server.origin` is/)
  },
)

test.for(['example.com', 'example.com:8080', 'localhost:3000', '*.example.com', '**.a.b', 'null'])(
  '%s may be allowed',
  (host) => {
    expect(resolveOptions({ server: { allowedOrigins: [host] } }).server.allowedOrigins).toEqual([
      host,
    ])
  },
)

test.for(['*', '**', '*.com', 'a.*.com', 'https://example.com', 'example.com/', ''])(
  '%j may not be allowed',
  (host) => {
    expect(() => resolveOptions({ server: { allowedOrigins: [host] } })).toThrow(
      /`server.allowedOrigins` is/,
    )
  },
)

test('a misspelt option is refused, and the known ones are named', () => {
  const options = { server: { bodyLimit: 1 } } as VolleyOptions
  expect(() => resolveOptions(options)).toThrow(
    /`server.bodyLimit` is 1, but must be left out: known are .*server.bodySizeLimit/,
  )
})

test('calls run in parallel, serially or batched, and in no other way', () => {
  for (const calls of ['parallel', 'serial', 'batched'] as const) {
    expect(resolveOptions({ calls }).calls).toBe(calls)
  }
  expect(() => resolveOptions({ calls: 'at once' } as unknown as VolleyOptions)).toThrow(
    /`calls` is/,
  )
})

test('the lines of calls are shown or not, and nothing else (261)', () => {
  expect(resolveOptions({ logCalls: false }).logCalls).toBe(false)
  expect(() => resolveOptions({ logCalls: 'no' } as unknown as VolleyOptions)).toThrow(
    /`logCalls` is "no", but must be true or false/,
  )
})

test.for([
  ['500ms', 500],
  ['30s', 30_000],
  ['1.5 s', 1_500],
  ['2m', 120_000],
  [40, 40],
  ['40', 40],
] as const)('a timeout of %j is %d milliseconds', ([timeout, milliseconds]) => {
  expect(resolveOptions({ server: { timeout } }).server.timeout).toBe(milliseconds)
})

test.for([0, -1, '1h', 'soon', '', Infinity, 2 ** 31])('a timeout of %j is refused', (timeout) => {
  expect(() => resolveOptions({ server: { timeout } })).toThrow(
    /`server.timeout` is .*, but must be a number of milliseconds/,
  )
})

test('a function has the limits of the app where it has none of its own', () => {
  const functions = { 'app/a.ts#upload': { bodySizeLimit: '20mb' } }
  const { server } = resolveOptions({ server: { timeout: '5s', functions } })
  expect(server.functions).toEqual({
    'app/a.ts#upload': { bodySizeLimit: 20_971_520, timeout: 5_000 },
  })
})

test('an impossible limit of a function is refused with the function’s name', () => {
  const functions = { 'app/a.ts#upload': { timeout: 'never' } }
  expect(() => resolveOptions({ server: { functions } })).toThrow(
    '`server.functions["app/a.ts#upload"].timeout` is "never"',
  )
  const misspelt = { 'app/a.ts#upload': { limit: 1 } } as never
  expect(() => resolveOptions({ server: { functions: misspelt } })).toThrow(
    /`server.functions\["app\/a.ts#upload"\].limit` is 1, but must be left out/,
  )
})

test('the limits of arguments are set one by one', () => {
  const { decoding } = resolveOptions({ server: { decoding: { depth: 8, time: '2s' } } }).server
  expect(decoding).toEqual({ ...defaultReplyLimits, depth: 8, time: 2_000 })
})

test.for([
  ['decoding', { depht: 1 }, '`server.decoding.depht` is 1'],
  ['decoding', { depth: 0 }, '`server.decoding.depth` is 0, but must be a whole number above 0'],
  ['maxCalls', 1.5, '`server.maxCalls` is 1.5, but must be a whole number above 0'],
  ['maxDelay', 'long', '`server.maxDelay` is "long"'],
  ['health', 'yes', '`server.health` is "yes", but must be true or false'],
] as const)('%s of %j is refused', ([name, value, message]) => {
  expect(() => resolveOptions({ server: { [name]: value } })).toThrow(message)
})

test('the cache has a size, and profiles of the app', () => {
  const profiles = { blog: { revalidate: 60, expire: 3600 } }
  expect(resolveOptions({ cache: { maxSize: '1mb', profiles } }).cache).toEqual({
    maxSize: 1_048_576,
    profiles,
  })
})

test.for<[string, VolleyOptions, RegExp]>([
  ['a size', { cache: { maxSize: 'much' } }, /`cache.maxSize` is "much"/],
  [
    'a life',
    { cache: { profiles: { blog: { revalidate: 60, expire: 6 } } } },
    /`cache.profiles\["blog"\]` is \{"revalidate":60,"expire":6\}, but must be/,
  ],
  [
    'a time',
    { cache: { profiles: { blog: { ttl: 6 } as object } } },
    /`cache.profiles\["blog"\].ttl` is 6, but must be left out/,
  ],
])('%s of the cache that makes no sense is refused', ([, options, message]) => {
  expect(() => resolveOptions(options)).toThrow(message)
})
