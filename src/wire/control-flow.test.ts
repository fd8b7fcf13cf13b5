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
  const others = [new Error('x'), null, 'volley:not-found', { digest: '1a2b' }, { digest: 7 }]
  expect(others.map(controlFlowOf)).toEqual([null, null, null, null, null])
})
