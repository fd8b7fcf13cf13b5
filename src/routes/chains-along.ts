import { slotsOf, takenBy } from './match-slots.ts'
import { type Chain, extend, extended, groupsOf } from './search-chain.ts'

/**
 * The chains to all directories that a path leads to or through, also within slots: those that take
 * the most of it come first, and names before parameters.
 */
export function chainsAlong(start: Chain, segments: readonly string[]): Chain[] {
  const chains = along([start], segments)
  return chains.toSorted((one, other) => takenBy(other) - takenBy(one))
}

function along(chains: readonly Chain[], segments: readonly string[]): Chain[] {
  const open = chains.flatMap(opened)
  if (open.length === 0) return []
  const rest = extend(open, takesAll(segments), segments.join('/')).flatMap(opened)
  const [segment, ...others] = segments
  if (segment === undefined) return [...rest, ...open]
  const { statics, params } = extended(open, segment)
  return [...along(statics, others), ...along(params, others), ...rest, ...open]
}

function takesAll(segments: readonly string[]): Parameters<typeof extend>[1] {
  return ({ segment: { kind } }) =>
    kind === 'optional-catch-all' || (kind === 'catch-all' && segments.length > 0)
}

/** The chain itself, and those that go on into groups and slots below it. */
function opened(chain: Chain): Chain[] {
  return [chain, ...[...groupsOf(chain), ...slotsOf(chain)].flatMap(opened)]
}
