import { expect, test } from 'vitest'
import { parse, proxyModule, serverModule } from '../../test/support/compile.ts'
import { runModule } from '../../test/support/run-module.ts'
import { CompileError } from './compile-error.ts'

const createServerReference = (id: string, name: string) => ({ id, name })

async function runProxy(source: string): Promise<Record<string, unknown>> {
  const compiled = await proxyModule(source)
  return runModule(compiled!.code, { runtime: { createServerReference } })
}

test('a module without the directive is left alone', async () => {
  expect(await proxyModule(`'use client'; export const Button = () => null`)).toBeNull()
  expect(await proxyModule(`export const Button = () => null`)).toBeNull()
})

test('every export is a reference with the id that the server registers', async () => {
  const source = `'use server'
    export async function create(a, b) {}
    export const remove = async (...ids) => {}
    const local = async () => {}
    export { local as delete, local as renamed }
    export { other } from './other'
    export default async function () {}`
  const exports = await runProxy(source)
  const compiled = await serverModule(source, { path: 'app/actions.ts' })
  const ids = compiled!.functions.flatMap(({ id, exportNames }) =>
    exportNames.map((name) => [name, id]),
  )
  const references = Object.entries(exports).map(([name, value]) => [
    name,
    (value as ReturnType<typeof createServerReference>).id,
  ])
  expect(Object.fromEntries(references)).toEqual(Object.fromEntries(ids))
  expect(await proxyModule(source)).toMatchObject({
    exports: ids.map(([name, id]) => ({ name, id })),
  })
})

test('two names of one function are one reference', async () => {
  const { create, default: other } = await runProxy(
    `'use server'; export async function create() {} export default create`,
  )
  expect(create).toBe(other)
  expect(create).toEqual({ id: 'app/actions.ts#create0', name: 'create' })
})

test('nothing of the file is left but the names of its functions', async () => {
  const compiled = await proxyModule(`/* SECRET comment */ 'use server'
    import { db } from 'SECRET'
    const key = 'SECRET'
    // SECRET
    export async function create(x = 'SECRET') { 'SECRET'; return async () => { 'use server'; db(key) } }
    console.log('SECRET')`)
  expect(compiled!.code).not.toContain('SECRET')
  expect(compiled!.map).toEqual({ mappings: '' })
  expect(parse(compiled!.code, 'js').body).toHaveLength(3)
})

test('a bundler may drop a reference that nobody uses', async () => {
  const compiled = await proxyModule(`'use server'; export async function create() {}`)
  expect(compiled!.code).toContain('= /* #__PURE__ */ createServerReference(')
})

test('types are no exports', async () => {
  const compiled = await proxyModule(`'use server'
    export type A = string
    export interface B {}
    export type { C } from './types'
    export async function create(a: A): Promise<void>
    export async function create(a: A) {}`)
  expect(compiled!.exports.map(({ name }) => name)).toEqual(['create'])
})

test('an inline server function cannot be in a module that the browser loads', async () => {
  const source = `export function Page() { return <form action={async () => { 'use server' }} /> }`
  await expect(proxyModule(source, { path: 'app/page.tsx' })).rejects.toThrow(CompileError)
})
