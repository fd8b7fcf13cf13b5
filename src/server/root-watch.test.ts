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

test('there is nothing to wait for above a root, or when all above are done', () => {
  const watch = createRootWatch()
  watch.expect('a')
  watch.done('a')
  expect(watch.after([])).toBeNull()
  expect(watch.after(['a'])).toBeNull()
})

test('what lies below waits until all above are done', async () => {
  const watch = createRootWatch()
  for (const region of ['a', 'b']) watch.expect(region)
  let isClear = false
  const clearance = watch.after(['a', 'b'])?.then(() => (isClear = true))
  watch.done('b')
  await Promise.resolve()
  expect(isClear).toBe(false)
  watch.done('a')
  await clearance
  expect(isClear).toBe(true)
})

test('what lies below a root that fails is told its error', async () => {
  const watch = createRootWatch()
  watch.expect('a')
  const clearance = watch.after(['a'])
  watch.fail('a', 'refused')
  await expect(clearance).rejects.toBe('refused')
})
