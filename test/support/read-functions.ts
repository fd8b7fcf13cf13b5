import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** A function that the files of an app make callable, without its id. */
export type WrittenFunction = { name: string; file: string; line: number; exported: boolean }

/**
 * Reads an app's files by their lines, with nothing of the compiler: callable is what begins with
 * `'use server'`, be it an inline function, or a file with exports that others import. The files
 * are formatted, so what is inside of what is seen by its indentation.
 */
export function readFunctions(root: string): {
  callable: WrittenFunction[]
  /** Exports of `'use server'` files that nothing of the app imports. */
  unimported: WrittenFunction[]
} {
  const files = sourcesBelow(root)
  const used = usedFiles(files)
  const imported = new Set(used.flatMap((file) => importsOf(file).map(keyOf)))
  const exported = files.filter(isServerFile).flatMap((file) => exportsOf(file, root))
  const isImported = ({ file, name }: WrittenFunction) =>
    imported.has(keyOf({ file: path.join(root, file), name }))
  const inline = used.filter((file) => !isServerFile(file)).flatMap((file) => inlineOf(file, root))
  return {
    callable: [...exported.filter(isImported), ...inline],
    unimported: exported.filter((one) => !isImported(one)),
  }
}

type Source = { file: string; lines: string[] }

function sourcesBelow(root: string): Source[] {
  return readdirSync(path.join(root, 'app'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((name) => {
      const file = path.join(root, 'app', name)
      return { file, lines: readFileSync(file, 'utf8').split('\n') }
    })
}

const routeFile = /^(page|layout|route|error|loading|not-found)\.tsx?$/

/** The files of routes, and what they import, and what that imports. */
function usedFiles(files: readonly Source[]): Source[] {
  const used = new Set(files.filter(({ file }) => routeFile.test(path.basename(file))))
  // The set grows while it is read.
  for (const one of used) {
    const imported = new Set(importsOf(one).map(({ file }) => file))
    files.filter(({ file }) => imported.has(file)).forEach((file) => used.add(file))
  }
  return [...used]
}

const isServerFile = ({ lines }: Source): boolean => lines[0] === "'use server'"

const keyOf = ({ file, name }: { file: string; name: string }): string => `${file}#${name}`

function importsOf({ file: importer, lines }: Source): { file: string; name: string }[] {
  const statements = lines.join('\n').matchAll(/^import (?!type )([^']*?) from '(\.[^']*)'/gm)
  return [...statements].flatMap(([, names = '', specifier = '']) => {
    const file = path.resolve(path.dirname(importer), specifier)
    const found = [`${file}.ts`, `${file}.tsx`].find((candidate) => existsSync(candidate))
    if (found === undefined) throw new Error(`${importer}: ${specifier} is not there`)
    const [, main, list = ''] = /^(\w+)?[,\s]*(?:\{(.*)\})?$/s.exec(names) ?? []
    const written = list.split(',').map((name) => name.trim().split(' as ')[0]!)
    return [...(main ? ['default'] : []), ...written].map((name) => ({ file: found, name }))
  })
}

const exportForms = [
  /^export async function (\w+)/,
  /^export const (\w+) = async/,
  /^export \{ \w+ as (\w+) \}/,
  /^export (default) async function/,
]

function exportsOf({ file, lines }: Source, root: string): WrittenFunction[] {
  return lines.flatMap((text, i) => {
    const name = exportForms.map((form) => form.exec(text)?.[1]).find(Boolean)
    if (name === undefined) return []
    return [{ name, file: path.relative(root, file), line: i + 1, exported: true }]
  })
}

const functionHead = /(?:function (\w+)|const (\w+) = async )\(/

function inlineOf({ file, lines }: Source, root: string): WrittenFunction[] {
  return lines.flatMap((text, i) => {
    const head = i - 1
    if (text.trim() !== "'use server'" || !functionHead.test(lines[head] ?? '')) return []
    const name = namesAround(lines, head).join('.')
    return [{ name, file: path.relative(root, file), line: i, exported: false }]
  })
}

/** The names of the functions that a line is inside of, outermost first, and that of its own. */
function namesAround(lines: readonly string[], from: number): string[] {
  const names: string[] = []
  let depth = Infinity
  for (let i = from; i >= 0; i--) {
    const text = lines[i]!
    const indentation = text.search(/\S/)
    if (indentation === -1 || indentation >= depth) continue
    depth = indentation
    const [, declared, assigned] = functionHead.exec(text) ?? []
    const name = declared ?? assigned
    if (name !== undefined) names.unshift(name)
  }
  return names
}
