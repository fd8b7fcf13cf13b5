import { expect, test } from 'vitest'
import { intendedDirective, mayHoldDirective } from './directives.ts'

test.for([
  'use sevrer',
  'use-server',
  'useserver',
  'USE SERVER',
  'use server;',
  'use action',
  'use actions',
  'use server action',
])('%s is meant as use server', (text) => {
  expect(intendedDirective(text)).toBe('use server')
})

test.for(['use cleint', 'use-client', 'Use Client', 'use clients'])(
  '%s is meant as use client',
  (text) => {
    expect(intendedDirective(text)).toBe('use client')
  },
)

test.for([
  ['use cach', 'use cache'],
  ['use-cache', 'use cache'],
  ['Use Cache', 'use cache'],
  ['use cached', 'use cache'],
  ['use cache:remote', 'use cache: remote'],
  ['use cache remote', 'use cache: remote'],
  ['use remote cache', 'use cache: remote'],
])('%s is meant as %s', ([text, intended]) => {
  expect(intendedDirective(text!)).toBe(intended)
})

test.for([
  'use server',
  'use client',
  'use strict',
  'use asm',
  'use cache',
  'use cache: remote',
  'use cache: private',
  'use memo',
  'use no memo',
  'use worker',
  'use workflow',
  'use step',
  'user server error',
  'no server',
])('%s is what it says', (text) => {
  expect(intendedDirective(text)).toBeNull()
})

test('only a text in quotes can be a directive', () => {
  expect(mayHoldDirective(`// use server`)).toBe(false)
  expect(mayHoldDirective(`import a from './use-it'`)).toBe(false)
  expect(mayHoldDirective(`log('we use servers'); x = "ask the server"`)).toBe(false)
  expect(mayHoldDirective(`"use client"`)).toBe(true)
  expect(mayHoldDirective(`a('use sevrer')`)).toBe(true)
  expect(mayHoldDirective(`('use server')`)).toBe(true)
  expect(mayHoldDirective('`use server`')).toBe(true)
  expect(mayHoldDirective(`'use cache: remote'`)).toBe(true)
  expect(mayHoldDirective(`'use cache: the-store-of-another-team'`)).toBe(true)
  expect(mayHoldDirective(`'use cache:'`)).toBe(true)
  expect(mayHoldDirective(`import { a } from 'use-cases'`)).toBe(false)
})
