import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const imports = /^(?:import|export) (?!type)(?:[^'()=]* from )?'([^']+)'/gm

/** Packages that a module needs, itself or through the modules it imports for more than types. */
function packagesOf(file: string, seen = new Set<string>()): Set<string> {
  const found = new Set<string>()
  if (seen.has(file)) return found
  seen.add(file)
  const source = readFileSync(file, 'utf8')
  for (const [, specifier = ''] of source.matchAll(imports)) {
    const isRelative = specifier.startsWith('.')
    const further = isRelative
      ? packagesOf(path.join(path.dirname(file), specifier), seen)
      : new Set([specifier])
    for (const name of further) found.add(name)
  }
  return found
}

test('start loads no bundler and no compiler', () => {
  const packages = [...packagesOf('src/cli/start.ts'), ...packagesOf('src/cli/main.ts')]
  expect(packages).toContain('sirv')
  expect(packages.filter((name) => /vite|magic-string|estree-walker/.test(name))).toEqual([])
})

test('build does load one, so that the test above can fail', () => {
  expect([...packagesOf('src/cli/build.ts')]).toContain('vite')
})
