import type { Results } from './figure.ts'

/** What was run, when and on what, in two lines. */
export function describe({ node, machine, versions, parts }: Results): string[] {
  const days = new Set(Object.values(parts).map(({ at }) => at))
  const named = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return [
    `npm run bench, ${[...days].toSorted().join(', ')}, Node ${node}, ${machine}`,
    named.join(', '),
  ]
}
