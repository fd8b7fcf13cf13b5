import { expect, test } from 'vitest'
import { notFound, redirect } from '../../navigation.ts'
import { isRedirectError } from './redirect-error.ts'

function thrownBy(act: () => never): unknown {
  try {
    return act()
  } catch (error) {
    return error
  }
}

test('what redirect() throws is told from all else', () => {
  expect(isRedirectError(thrownBy(() => redirect('/x')))).toBe(true)
  expect(isRedirectError(thrownBy(notFound))).toBe(false)
  expect([new Error('redirect'), 'redirect', null].map(isRedirectError)).toEqual([
    false,
    false,
    false,
  ])
})
