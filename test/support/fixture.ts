import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { runCli } from './cli.ts'

/**
 * Where copies of the fixture apps live: inside the repository, so that React is found above them,
 * and outside `test/fixtures`, so that a build or an edit leaves the originals alone.
 */
const appsDirectory = path.resolve('test/.apps')

const typescript = {
  compilerOptions: {
    target: 'ES2022',
    lib: ['ES2024', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
    module: 'preserve',
    moduleResolution: 'bundler',
    jsx: 'react-jsx',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node', 'vite/client'],
    paths: { '@/*': ['./*'] },
  },
  include: ['**/*.ts', '**/*.tsx'],
}

/** A fixture, or an example of the repository. */
function sourceOf(fixture: string): string {
  const example = path.resolve('examples', fixture)
  return existsSync(example) ? example : path.resolve('test/fixtures', fixture)
}

/** What an app's own commands make in its directory is no part of it. */
const isSource = (file: string): boolean =>
  !['node_modules', 'dist', 'data'].includes(path.basename(file))

/**
 * A copy of a fixture under `test/.apps/<name>`. Volley is linked into its node_modules; what the
 * fixture has in `packages/` is installed there.
 */
export function copyFixture(fixture: string, name: string): string {
  const root = path.join(appsDirectory, name)
  mkdirSync(path.join(root, 'node_modules'), { recursive: true })
  for (const old of readdirSync(root)) {
    // The dependency optimizer's cache and the app's secret stay: a second start is a warm one.
    if (old !== 'node_modules') rmSync(path.join(root, old), { recursive: true, force: true })
  }
  writeFileSync(path.join(root, 'tsconfig.json'), JSON.stringify(typescript))
  cpSync(sourceOf(fixture), root, { recursive: true, filter: isSource })
  // Tailwind leaves out what a repository ignores, and this one ignores the copies.
  mkdirSync(path.join(root, '.git'))
  const link = path.join(root, 'node_modules/volley')
  rmSync(link, { force: true })
  symlinkSync(path.relative(path.dirname(link), '.'), link)
  const installed = install(root)
  const manifest = path.join(root, 'package.json')
  if (!existsSync(manifest)) writeFileSync(manifest, JSON.stringify(manifestOf(fixture, installed)))
  return root
}

/** Moves what is in `packages/` into node_modules; gives the names. */
function install(root: string): string[] {
  const packages = path.join(root, 'packages')
  if (!existsSync(packages)) return []
  const names = readdirSync(packages)
  cpSync(packages, path.join(root, 'node_modules'), { recursive: true })
  rmSync(packages, { recursive: true })
  return names
}

function manifestOf(name: string, installed: readonly string[]): object {
  const names = ['volley', 'react', 'react-dom', ...installed]
  const dependencies = Object.fromEntries(names.map((dependency) => [dependency, '*']))
  // No `type`: most apps that already exist have none, and `volley new` makes one that has it.
  return { name, private: true, dependencies }
}

/** Builds a fixture, unless this very framework has already built these very files. */
export async function buildFixture(fixture: string): Promise<string> {
  const hash = hashOf([sourceOf(fixture), path.resolve('dist')])
  const name = `${fixture}-${hash}`
  const marker = path.join(appsDirectory, name, '.built')
  if (existsSync(marker)) return path.dirname(marker)
  dropOlder(fixture)
  const root = copyFixture(fixture, name)
  const build = runCli(['build', root])
  if ((await build.exited) !== 0) {
    throw new Error(`volley build failed for ${fixture}:\n${build.output()}`)
  }
  writeFileSync(marker, '')
  return root
}

function dropOlder(fixture: string): void {
  if (!existsSync(appsDirectory)) return
  readdirSync(appsDirectory)
    .filter((name) => new RegExp(`^${fixture}-[0-9a-f]{16}$`).test(name))
    .forEach((name) => rmSync(path.join(appsDirectory, name), { recursive: true, force: true }))
}

function hashOf(directories: string[]): string {
  const hash = createHash('sha256')
  for (const file of directories.flatMap(filesOf)) {
    hash.update(path.relative('.', file)).update('\0').update(readFileSync(file))
  }
  return hash.digest('hex').slice(0, 16)
}

function filesOf(directory: string): string[] {
  const entries = readdirSync(directory, { withFileTypes: true })
  return entries
    .filter(({ name }) => isSource(name))
    .flatMap((entry) => {
      const file = path.join(directory, entry.name)
      return entry.isDirectory() ? filesOf(file) : [file]
    })
}
