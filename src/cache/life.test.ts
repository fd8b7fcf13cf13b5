import { afterEach, expect, test } from 'vitest'
import { installProfiles, lifeOf, timesOf, type CacheLife } from './life.ts'

afterEach(() => installProfiles({}))

test.for<[string | CacheLife, number, number]>([
  ['default', 900, Infinity],
  ['seconds', 1, 60],
  ['minutes', 60, 3600],
  ['hours', 3600, 86_400],
  ['days', 86_400, 604_800],
  ['weeks', 604_800, 2_592_000],
  ['max', 2_592_000, 31_536_000],
  [{ stale: 5, revalidate: 10, expire: 20 }, 10, 20],
  [{ revalidate: 10 }, 10, Infinity],
  [{ expire: 20 }, 20, 20],
  [{}, 900, Infinity],
])(
  'the profile %j is stale after %i seconds and ends after %i',
  ([profile, revalidate, expire]) => {
    expect(lifeOf(profile)).toEqual({ revalidate, expire })
  },
)

test('an app adds profiles of its own, and changes those that there are', () => {
  installProfiles({ blog: { revalidate: 5, expire: 10 }, max: { revalidate: 1, expire: 2 } })
  expect(lifeOf('blog')).toEqual({ revalidate: 5, expire: 10 })
  expect(lifeOf('max')).toEqual({ revalidate: 1, expire: 2 })
  expect(() => lifeOf('news')).toThrow('There is no cache profile "news": known are default, ')
})

test.for<CacheLife>([
  { revalidate: -1 },
  { revalidate: Number.NaN },
  { revalidate: 20, expire: 10 },
  { expire: -1 },
])('%j is no life', (life) => {
  expect(() => lifeOf(life)).toThrow(/cacheLife\(\): `revalidate` is .* and `expire` is/)
})

test('a time without end is the last that a date can hold', () => {
  const { freshUntil, usableUntil } = timesOf({ revalidate: 1, expire: Infinity }, 5000)
  expect(freshUntil).toBe(6000)
  expect(Number.isNaN(new Date(usableUntil).getTime())).toBe(false)
})
