import { expect, test } from 'vitest'
import { createCookieJar } from './cookies.ts'

test('the cookies of the request can be read', () => {
  const jar = createCookieJar('a=1; b=%202')
  expect(jar.get('a')).toEqual({ name: 'a', value: '1' })
  expect(jar.get('c')).toBeUndefined()
  expect(jar.getAll()).toEqual([
    { name: 'a', value: '1' },
    { name: 'b', value: ' 2' },
  ])
  expect(jar.getAll('b')).toEqual([{ name: 'b', value: ' 2' }])
  expect(jar.getAll('c')).toEqual([])
  expect([jar.has('a'), jar.has('c'), jar.size]).toEqual([true, false, 2])
  expect([...jar]).toEqual([
    ['a', { name: 'a', value: '1' }],
    ['b', { name: 'b', value: ' 2' }],
  ])
  expect(jar.toString()).toBe('a=1; b=%202')
  expect([jar.isChanged(), jar.setCookieHeaders()]).toEqual([false, []])
})

test('a request without cookies has none', () => {
  expect([...createCookieJar(undefined)]).toEqual([])
})

test('what is set can be read at once, and is sent', () => {
  const jar = createCookieJar('a=1')
  jar.set('a', '2')
  jar.set('b', '3', { httpOnly: true })
  jar.set({ name: 'c', value: '4', path: '/x' })
  expect(jar.toString()).toBe('a=2; b=3; c=4')
  expect(jar.setCookieHeaders()).toEqual(['a=2; Path=/', 'b=3; Path=/; HttpOnly', 'c=4; Path=/x'])
})

test('setting a cookie to the value it has is a change (163)', () => {
  const jar = createCookieJar('a=1')
  jar.set('a', '1')
  expect([jar.isChanged(), jar.setCookieHeaders()]).toEqual([true, ['a=1; Path=/']])
})

test('a deleted cookie is missing at once, and is sent as expired', () => {
  const jar = createCookieJar('a=1; b=2')
  jar.delete('a')
  jar.delete({ name: 'b', path: '/x', domain: 'c.com' })
  expect([jar.has('a'), jar.get('a'), jar.size, jar.isChanged()]).toEqual([
    false,
    undefined,
    0,
    true,
  ])
  expect(jar.setCookieHeaders()).toEqual([
    'a=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
    'b=; Path=/x; Domain=c.com; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
  ])
})

test.for([{ maxAge: 0 }, { maxAge: -1 }, { expires: 0 }, { expires: new Date(1) }])(
  'a cookie set with %j is missing: the next request will not have it',
  (options) => {
    const jar = createCookieJar('a=1')
    jar.set('a', '2', options)
    expect(jar.has('a')).toBe(false)
  },
)

test.for([{ maxAge: 1, expires: 0 }, { expires: Date.now() + 60_000 }])(
  'a cookie set with %j is there',
  (options) => {
    const jar = createCookieJar(undefined)
    jar.set('a', '2', options)
    expect(jar.get('a')?.value).toBe('2')
  },
)

test('the last write per name, domain and path wins, and is sent last (160)', () => {
  const jar = createCookieJar(undefined)
  jar.set('a', '1')
  jar.set('b', '1')
  jar.set('a', '2', { path: '/x' })
  jar.set('a', '3', { domain: 'c.com' })
  jar.set('a', '4', { path: '/' })
  expect(jar.setCookieHeaders()).toEqual([
    'b=1; Path=/',
    'a=2; Path=/x',
    'a=3; Path=/; Domain=c.com',
    'a=4; Path=/',
  ])
})

test('a refused cookie changes nothing', () => {
  const jar = createCookieJar('a=1')
  expect(() => jar.set('a', '2', { path: '/\n' })).toThrow(TypeError)
  expect([jar.toString(), jar.isChanged()]).toEqual(['a=1', false])
})

test('values that JavaScript callers pass become text', () => {
  const jar = createCookieJar(undefined)
  const set = jar.set as unknown as (name: string, value?: unknown) => void
  set('a', 7)
  set('b')
  expect(jar.toString()).toBe('a=7; b=')
})
