import { expect, test } from 'vitest'
import { alsoAtOnce } from './at-once.ts'

test('the value is there at once, and after await', async () => {
  const params = alsoAtOnce(() => ({ id: '7' }))
  expect(params).toHaveProperty('id', '7')
  expect(Object.keys(params)).toEqual(['id'])
  expect(await params).toEqual({ id: '7' })
})

test('getters and iterators work at once', () => {
  const size = { get size() { return 2 }, [Symbol.iterator]: () => ['a', 'b'][Symbol.iterator]() } // prettier-ignore
  const store = alsoAtOnce(() => size)
  expect(store).toHaveProperty('size', 2)
  expect([...(store as unknown as Iterable<string>)]).toEqual(['a', 'b'])
})

test('headers can be read, walked and copied at once', () => {
  const headers = alsoAtOnce(() => new Headers({ Accept: 'text/html', 'x-seen': '1' }))
  const now = headers as unknown as Headers
  expect(now.get('accept')).toBe('text/html')
  expect(now.has('x-seen')).toBe(true)
  expect([...now.keys()]).toEqual(['accept', 'x-seen'])
  expect(new Headers(now).get('x-seen')).toBe('1')
})

test('a parameter that has the name of what promises have does not replace it', async () => {
  const values = { status: 'paid', catch: 'all', constructor: 'Ada', id: '7' }
  const params = alsoAtOnce(() => values)
  expect(Object.keys(params)).toEqual(['id'])
  expect(await params).toEqual(values)
})

test('what cannot be read rejects', async () => {
  const read = (): object => {
    throw new Error('not here')
  }
  await expect(alsoAtOnce(read)).rejects.toThrow('not here')
})
