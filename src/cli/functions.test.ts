import { expect, test } from 'vitest'
import { functionsTable } from './functions.ts'

const create = {
  id: 'abc1',
  path: 'app/actions.ts',
  name: 'create',
  hash: '',
  arity: 1,
  exportName: 'create',
  line: 3,
  exported: true,
  referencedBy: ['app/page.tsx', 'app/form.tsx'],
}

test('a function is a line: its name, its place, who imports it, its id', () => {
  const [line] = functionsTable([create]).split('\n')
  expect(line).toBe('create  app/actions.ts:3  imported by app/page.tsx, app/form.tsx  abc1')
})

test('columns are as wide as their longest cell', () => {
  const inline = { ...create, name: 'Page.save', line: 120, exported: false, referencedBy: [] }
  const [first = '', second = ''] = functionsTable([create, inline]).split('\n')
  expect(first.indexOf('app/actions')).toBe(second.indexOf('app/actions'))
  expect(second).toContain('app/actions.ts:120  inline')
})

test('the list says that dev lets more be called', () => {
  expect(functionsTable([create])).toContain('In `volley dev` they can.')
})

test('an app without callable functions is told so', () => {
  expect(functionsTable([])).toMatch(/^No server function can be called/)
})
