import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { modes, serve } from '../support/app.ts'
import { runCli } from '../support/cli.ts'
import { runCommand } from '../support/run-command.ts'
import { hydrated, visit } from '../support/visit.ts'

type Manifest = {
  exports: Record<string, string | { types: string }>
  dependencies: Record<string, string>
}

/** The packed package, installed from its tarball into an app that `volley new` made. */
describe('the published package, in an app outside of the repository', () => {
  const manifest = readManifest('package.json')
  const directory = mkdtempSync(path.join(tmpdir(), 'volley-package-'))
  const app = path.join(directory, 'my app')
  const installed = path.join(app, 'node_modules/volley')

  beforeAll(async () => {
    const packed = runCommand('.', 'npm', ['pack', '--json', '--pack-destination', directory])
    const created = runCli(['new', app])
    expect(await created.exited, created.stderr()).toBe(0)
    useTarball(path.join(app, 'package.json'), path.join(directory, tarballOf(packed)))
    const quiet = ['--prefer-offline', '--no-audit', '--no-fund']
    runCommand(app, 'npm', ['install', ...quiet])
  }, 300_000)
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  const entries = Object.entries(manifest.exports).flatMap(([entry, target]) =>
    typeof target === 'string' && target.endsWith('.js') ? specifiersOf(entry, target) : [],
  )

  test.for(entries)('%s can be imported', (entry) => {
    const code = `console.log(Object.keys(await import('${entry}')).length)`
    const exported = runCommand(app, process.execPath, ['--input-type=module', '-e', code])
    expect(Number(exported)).toBeGreaterThan(0)
  })

  test('every entry type-checks, with the types of our own dependencies checked too', () => {
    const imports = entries.map((entry, index) => `import * as entry${index} from '${entry}'`)
    const uses = entries.map((_, index) => `void entry${index}`)
    writeFileSync(path.join(app, 'entries.ts'), [...imports, ...uses, ''].join('\n'))
    const config = {
      extends: './tsconfig.json',
      compilerOptions: { noEmit: true },
      files: ['entries.ts'],
      include: [],
    }
    writeFileSync(path.join(app, 'tsconfig.entries.json'), JSON.stringify(config))
    expect(runCommand(app, 'npx', ['--no-install', 'tsc', '-p', 'tsconfig.entries.json'])).toBe('')
  })

  test('the new app type-checks', () => {
    expect(runCommand(app, 'npx', ['--no-install', 'tsc', '-p', '.'])).toBe('')
  })

  test('there is one React, and no second copy of Flight', () => {
    const tree = runCommand(app, 'npm', ['ls', '--all', '--parseable'])
    const packages = tree.split('\n').map((line) => line.split('node_modules/').at(-1)!)
    expect(packages.filter((name) => name === 'react')).toHaveLength(1)
    expect(packages.filter((name) => /react-server-dom|^webpack$|^next$/.test(name))).toEqual([])
  })

  test.for(modes)('the new app runs: volley %s', { timeout: 120_000 }, async (mode) => {
    if (mode === 'start') {
      const build = runCli(['build', app], { package: installed })
      expect(await build.exited, build.stderr()).toBe(0)
      expect(build.output()).not.toMatch(/Failed to resolve|warning/i)
    }
    const server = await serve(app, mode, { package: installed })
    try {
      expect((await server.fetch('/')).status).toBe(200)
      const { page } = await visit(server, '/')
      await hydrated(page)
      expect(server.output()).not.toMatch(/Failed to resolve|Error:/)
    } finally {
      await server.stop()
    }
  })
})

function readManifest(file: string): Manifest {
  return JSON.parse(readFileSync(file, 'utf8')) as Manifest
}

/** What can be imported by an entry of `exports`; a pattern stands for every file it matches. */
function specifiersOf(entry: string, target: string): string[] {
  const specifier = path.posix.join('volley', entry)
  if (!entry.includes('*')) return [specifier]
  const names = readdirSync(path.dirname(target)).filter((file) => file.endsWith('.js'))
  return names.map((file) => specifier.replace('*', path.basename(file, '.js')))
}

function tarballOf(packed: string): string {
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }]
  return filename
}

function useTarball(file: string, tarball: string): void {
  const manifest = readManifest(file)
  manifest.dependencies['volley'] = `file:${tarball}`
  writeFileSync(file, JSON.stringify(manifest, null, 2))
}
