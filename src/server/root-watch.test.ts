import { expect, test } from 'vitest'
import { createRootWatch } from './root-watch.ts'

test('the watch settles when the last expected root is done', async () => {
  const watch = createRootWatch()
  watch.expect('a')
  watch.expect('b')
  watch.done('b')
  watch.done('a')
  expect(await watch.settled).toBeNull()
})

test('the first failure counts, whoever finishes after', async () => {
  const watch = createRootWatch()
  watch.expect('a')
  watch.expect('b')
  watch.fail('b', 'error')
  watch.done('a')
  watch.done('b')
  expect(await watch.settled).toEqual({ region: 'b', error: 'error' })
})
