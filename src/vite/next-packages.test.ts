import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { resolveConfig } from 'vite'
import { expect, test } from 'vitest'
import { nextPackages } from './next-packages.ts'

const forNext = { version: '1.0.0', main: 'index.js', peerDependencies: { next: '*' } }

test('packages made for Next.js are compiled, and their modules not bundled ahead', async () => {
  const root = appWith({
    'modules-for-next': { ...forNext, type: 'module' },
    'commonjs-for-next': forNext,
    'for-nobody': { version: '1.0.0', type: 'module', main: 'index.js' },
  })
  const environments = { rsc: {}, ssr: {}, client: {} }
  const config = { root, plugins: [nextPackages()], configFile: false as const, environments }
  const { environments: resolved } = await resolveConfig(config, 'serve')
  const compiled = new Set(['commonjs-for-next', 'modules-for-next'])
  for (const side of [resolved['rsc'], resolved['ssr']]) {
    expect(new Set([side?.resolve.noExternal].flat())).toEqual(compiled)
  }
  expect(resolved['client']?.optimizeDeps.exclude).toEqual(['modules-for-next'])
})

/** The directory of an app that depends on packages with these package.json files. */
function appWith(packages: Record<string, object>): string {
  const root = mkdtempSync(path.join(tmpdir(), 'volley-next-packages-'))
  const dependencies = Object.fromEntries(Object.keys(packages).map((name) => [name, '*']))
  writeFileSync(path.join(root, 'package.json'), JSON.stringify({ name: 'app', dependencies }))
  for (const [name, json] of Object.entries(packages)) {
    const directory = path.join(root, 'node_modules', name)
    mkdirSync(directory, { recursive: true })
    writeFileSync(path.join(directory, 'package.json'), JSON.stringify({ name, ...json }))
    writeFileSync(path.join(directory, 'index.js'), '')
  }
  return root
}
