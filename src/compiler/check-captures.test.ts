import { expect, test } from 'vitest'
import { serverModule } from '../../test/support/compile.ts'

const page = (body: string): string => `export default function Page({ id }) { ${body} }`

test.for([
  ['a constant', `use(async () => { 'use server'; return x }); const x = 1`],
  ['a variable', `const o = { async m() { 'use server'; return x } }; let x = 1`],
  ['a class', `const f = async () => { 'use server'; return x.name }; class x {}`],
  [
    'the variable that it becomes a part of',
    `const x = wrap(async () => { 'use server'; return x() })`,
  ],
  ['a part of what it becomes', `const { x } = async () => { 'use server'; return x }`],
  ['a variable of a block', `{ use(async () => { 'use server'; return x }); const x = 1 }`],
])('a function captures %s too early', async ([, body]) => {
  await expect(serverModule(page(body!))).rejects.toMatchObject({
    code: 'captured-too-early',
    message: expect.stringContaining('captures x'),
  })
})

test.for([
  [
    'inside of a function',
    `const later = () => async () => { 'use server'; return x }; const x = 1`,
  ],
  ['as a class field', `class A { f = async () => { 'use server'; return x } }; const x = 1`],
  ['as a declaration', `async function f() { 'use server'; return x } const x = 1`],
  ['with var', `const f = async () => { 'use server'; return x }; var x = 1`],
  ['with a function', `const f = async () => { 'use server'; return x }; function x() {}`],
  ['as what the variable is', `const x = async () => { 'use server'; return id ? x : null }`],
  ['in a function of the same statement', `const x = () => async () => { 'use server'; return x }`],
])('a variable may be declared below a function that is made %s', async ([, body]) => {
  await expect(serverModule(page(body!))).resolves.not.toBeNull()
})

test.for([
  [
    'two functions',
    `async function a() { 'use server'; b(id) } async function b() { 'use server'; a() }`,
  ],
  [
    'three functions',
    `async function a() { 'use server'; b(id) } async function b() { 'use server'; c() } async function c() { 'use server'; a() }`,
  ],
  [
    'two functions that a third one captures',
    `async function z() { 'use server'; a() } async function a() { 'use server'; b(id) } async function b() { 'use server'; a() }`,
  ],
])('%s cannot capture each other and something else', async ([, body]) => {
  await expect(serverModule(page(body!))).rejects.toMatchObject({ code: 'circular-capture' })
})
