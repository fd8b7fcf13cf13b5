import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ControlFlowError, controlFlowOf, type ControlFlow } from './control-flow.ts'

const flows: fc.Arbitrary<ControlFlow> = fc.oneof(
  fc.record({
    kind: fc.constant('redirect' as const),
    to: fc.string({ unit: 'grapheme' }),
    permanent: fc.boolean(),
    history: fc.constantFrom('push' as const, 'replace' as const, null),
  }),
  fc.constantFrom(
    { kind: 'not-found' as const },
    { kind: 'forbidden' as const },
    { kind: 'unauthorized' as const },
  ),
)

test('a control flow survives as the digest of an error, with any target', () => {
  fc.assert(
    fc.property(flows, (flow) => {
      expect(controlFlowOf(new ControlFlowError(flow))).toEqual(flow)
    }),
  )
})

test('other thrown values are not control flow', () => {
  const interruption = 'NEXT_HTTP_ERROR_FALLBACK;404'
  const digests = ['1a2b', 7, `${interruption}0`, 'NEXT_REDIRECT', 'NEXT_REDIRECT;push;/']
  const others = [new Error('x'), null, interruption, ...digests.map((digest) => ({ digest }))]
  expect(others.map(controlFlowOf).filter((flow) => flow !== null)).toEqual([])
})

test('apps and packages can tell a redirect by its digest, and by its message', () => {
  const redirect = { kind: 'redirect', to: '/a;b', permanent: false, history: null } as const
  const thrown = [redirect, { ...redirect, permanent: true, history: 'push' as const }].map(
    (flow) => new ControlFlowError(flow),
  )
  expect(thrown.map(({ digest }) => digest)).toEqual([
    'NEXT_REDIRECT;replace;/a;b;307;',
    'NEXT_REDIRECT;push;/a;b;308;push',
  ])
  expect(thrown.map(({ message }) => message)).toEqual(['NEXT_REDIRECT', 'NEXT_REDIRECT'])
  const { digest } = new ControlFlowError({ kind: 'forbidden' })
  expect(digest).toBe('NEXT_HTTP_ERROR_FALLBACK;403')
})
