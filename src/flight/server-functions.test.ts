import { createElement, isValidElement } from 'react'
import { expect, test } from 'vitest'
import { installFunctionTable, loadFunction, referenceOf } from './function-table.ts'
import { SealError } from './seal.ts'
import { installKeyRing, open, register, seal } from './server-functions.ts'

type Fn = (...args: unknown[]) => unknown

const other = register<Fn>(async (...args) => args, 'other', 'a.ts#other')

test('captured values need the key ring', async () => {
  expect(() => seal(['x'], 'id')).toThrow(/boot\(\) installs first/)
  installKeyRing(['newest', 'older'])
  expect(await open(await seal(['x'], 'id'), 'id')).toEqual(['x'])
})

test('a function is registered once, under its first id', () => {
  const fn: Fn = async () => 1
  expect(register(fn, 'first', 'a.ts#fn')).toBe(fn)
  register(fn, 'second', 'a.ts#fn')
  expect(referenceOf(fn)).toEqual({ id: 'first', bound: [] })
})

test.for([null, 5, { a: 1 }])('an export that is no function is named: %o (283)', (value) => {
  expect(() => register(value, 'id', 'app/a.ts#thing')).toThrow(
    /may only export async functions, but app\/a.ts#thing is (null|number|object)\./,
  )
})

test('a reference with bound arguments keeps both', () => {
  expect(referenceOf(other.bind(null, 1).bind(null, 'b'))).toEqual({ id: 'other', bound: [1, 'b'] })
  expect(referenceOf(() => 1)).toBeNull()
})

function install(): void {
  installFunctionTable(new Map([['other', { name: 'a.ts#other', load: async () => other }]]))
}

test('a captured server function comes back with what was bound to it', async () => {
  install()
  const [fn] = (await open(await seal([other.bind(null, 1, { a: 2 })], 'id'), 'id')) as [Fn]
  expect(await fn(3)).toEqual([1, { a: 2 }, 3])
})

test('a captured server function that is gone is refused', async () => {
  const sealed = await seal([other], 'id')
  installFunctionTable(new Map())
  await expect(open(sealed, 'id')).rejects.toThrow('No server function has the id "other"')
})

test('elements and promises go through Flight, and come back', async () => {
  install()
  const values = [createElement('b', null, 'bold'), Promise.resolve(5), other]
  const sealed = seal(values, 'id')
  expect(sealed).toBeInstanceOf(Promise)
  const [element, promise, fn] = await open(await sealed, 'id')
  expect(isValidElement<{ children: string }>(element) && element.props.children).toBe('bold')
  expect(await promise).toBe(5)
  expect(await (fn as Fn)(1)).toEqual([1])
})

test('captured values may come back from the browser as a promise', async () => {
  const sealed = await seal(['x'], 'id')
  expect(await open(Promise.resolve(sealed), 'id')).toEqual(['x'])
})

test('a promise that a caller lets fail is no sealed value', async () => {
  await expect(open(Promise.reject(new Error('theirs')), 'id')).rejects.toThrow(SealError)
})

test('called on the server, a function learns what could not be sealed', async () => {
  const sealed = seal([Promise.resolve(), class {}], 'id')
  await expect(open(sealed, 'id')).rejects.not.toThrow(SealError)
})

test('a captured value that nothing can carry fails where it is used', async () => {
  const sealed = seal([Promise.resolve(), class {}], 'id')
  await expect(sealed).rejects.toThrow()
})

test('a client component can be captured, but not called', async () => {
  const reference = Object.assign(() => null, {
    $$typeof: Symbol.for('react.client.reference'),
    $$id: '/view.tsx#View',
    $$async: false,
  })
  const [element] = await open(await seal([createElement(reference)], 'id'), 'id')
  expect(isValidElement(element)).toBe(true)
})

test('what older keys of the ring have sealed still opens; a removed key’s does not', async () => {
  installKeyRing(['older'])
  const sealed = await seal(['x'], 'id')
  installKeyRing(['newest', 'older'])
  expect(await open(sealed, 'id')).toEqual(['x'])
  installKeyRing(['newest'])
  await expect(open(sealed, 'id')).rejects.toThrow('Sealed by a key that is not in the ring')
})

test('an empty key ring is refused', () => {
  expect(() => installKeyRing([])).toThrow(/set VOLLEY_SECRET/)
})

test('a function of the table is loaded once, an unknown one is an error', async () => {
  let loads = 0
  const load = async () => {
    loads++
    return other
  }
  installFunctionTable(new Map([['other', { name: 'a.ts#other', load }]]))
  expect(await loadFunction('other')).toBe(other)
  expect([await loadFunction('other'), loads]).toEqual([other, 1])
  await expect(loadFunction('gone')).rejects.toThrow('No server function has the id "gone"')
})

test('an export that is no server function cannot be loaded', async () => {
  installFunctionTable(new Map([['plain', { name: 'a.ts#plain', load: async () => () => 1 }]]))
  await expect(loadFunction('plain')).rejects.toThrow('a.ts#plain is not a server function')
})
