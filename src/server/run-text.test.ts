import { expect, test } from 'vitest'
import type { Ending } from './invoke.ts'
import { decodeRun, encodeRun } from './run-text.ts'
import type { Run } from './submission.ts'

const run = (ending: Ending): Run => ({
  ending,
  cookies: [{ name: 'user', value: 'ada', path: '/' }],
  tags: ['posts'],
  refresh: true,
})

test.for<[string, Ending]>([
  ['nothing', { kind: 'value', value: undefined }],
  ['values', { kind: 'value', value: { list: [new Map([['a', new Date(0)]]), 1n] } }],
  ['bytes', { kind: 'value', value: new Uint8Array([0, 255]) }],
  ['a redirect', { kind: 'redirect', to: '/x', permanent: false, history: null }],
  ['an interruption', { kind: 'not-found' }],
])('a run that ended in %s comes back, with what it was told', async ([, ending]) => {
  expect(await decodeRun(await encodeRun(run(ending)))).toEqual(run(ending))
})

test('an error comes back as one that can be logged', async () => {
  const error = Object.assign(new RangeError('too much'), { digest: 'own' })
  const { ending } = await decodeRun(await encodeRun(run({ kind: 'error', error })))
  const back = (ending as { error: Error & { digest?: string } }).error
  expect(back).toBeInstanceOf(Error)
  expect([back.name, back.message, back.digest]).toEqual(['RangeError', 'too much', 'own'])
  expect(back.stack).toBe(error.stack)
  const thrown = await decodeRun(await encodeRun(run({ kind: 'error', error: 'text' })))
  expect((thrown.ending as { error: Error }).error.message).toBe('text')
})

test('a value that cannot be sent is refused', async () => {
  await expect(encodeRun(run({ kind: 'value', value: () => 1 }))).rejects.toThrow()
})
