import { expect, test } from 'vitest'
import { allowedOriginsOf } from './allowed-origins.ts'

test.for<[string | undefined, string[]]>([
  [undefined, []],
  ['', []],
  ['example.com', ['example.com']],
  [' a.example, *.b.example:4000,null,', ['a.example', '*.b.example:4000', 'null']],
])('VOLLEY_ALLOWED_ORIGINS of %j allows %j (231)', ([value, hosts]) => {
  expect(allowedOriginsOf({ VOLLEY_ALLOWED_ORIGINS: value })).toEqual(hosts)
})

test.for(['*', '*.com', 'https://example.com', 'a.example b.example'])(
  'VOLLEY_ALLOWED_ORIGINS cannot hold %j, and says so',
  (host) => {
    expect(() => allowedOriginsOf({ VOLLEY_ALLOWED_ORIGINS: `a.example,${host}` })).toThrow(
      `VOLLEY_ALLOWED_ORIGINS holds ${JSON.stringify(host)}, but each`,
    )
  },
)
