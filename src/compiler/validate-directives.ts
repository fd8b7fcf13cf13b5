import type { Node, Statement } from './ast.ts'
import { CompileError, type SourceFile } from './compile-error.ts'
import {
  directivesOf,
  intendedDirective,
  isOtherCache,
  isOurDirective,
  kindOfDirective,
  statementText,
  type Directive,
} from './directives.ts'

/** Directives that exclude each other in one place; `'use cache: remote'` counts as `'use cache'`. */
const exclusive = ['use client', 'use server', 'use cache'] as const

/**
 * The directives of one file or function: none that contradict each other, none that is misspelt,
 * and none that belongs elsewhere.
 */
export function checkHeader(
  body: readonly Statement[],
  { place, source }: { place: 'file' | 'function'; source: SourceFile },
): void {
  const directives = directivesOf(body)
  for (const directive of directives) {
    checkSpelling(directive.text, directive.statement, source)
    if (place === 'function' && directive.text === 'use client') {
      throw new CompileError(source, {
        code: 'misplaced-directive',
        text: `'use client' is for whole files, not for functions.`,
        fix: 'Move the component to a file of its own that starts with it.',
        at: directive.statement,
      })
    }
  }
  checkConflict(directives, { place, source })
  for (const directive of directives) checkCache(directive, source)
}

function checkConflict(
  directives: readonly Directive[],
  { place, source }: { place: 'file' | 'function'; source: SourceFile },
): void {
  const found = directives.filter(({ text }) => exclusive.some((name) => isKind(text, name)))
  const [first] = found
  const second = found.find(({ text }) => first && text !== first.text)
  if (!first || !second) return
  throw new CompileError(source, {
    code: 'conflicting-directives',
    text: `A ${place} cannot have both '${first.text}' and '${second.text}'.`,
    fix:
      place === 'file'
        ? 'Move what is for the other directive to a file of its own.'
        : 'Keep one of them, and call a second function that has the other.',
    at: second.statement,
  })
}

function isKind(text: string, name: string): boolean {
  return text === name || text.startsWith(`${name}:`)
}

function checkSpelling(text: string, at: Node, source: SourceFile): void {
  const intended = intendedDirective(text)
  if (intended === null) return
  throw new CompileError(source, {
    code: 'misspelt-directive',
    text: `'${text}' is no directive, so it does nothing.`,
    fix: `Did you mean '${intended}'?`,
    at,
  })
}

function checkCache({ text, statement }: Directive, source: SourceFile): void {
  if (!isOtherCache(text)) return
  const isPrivate = text === 'use cache: private'
  throw new CompileError(source, {
    code: 'unknown-cache',
    text: isPrivate
      ? `'${text}' is not supported: what is cached is there for everybody, on the server.`
      : `'${text}' names a cache that there is not.`,
    fix: isPrivate
      ? `Read cookies and headers outside, pass what it needs of them as arguments, and write 'use cache'.`
      : `Write 'use cache': where values are kept is the same for all cached functions.`,
    at: statement,
  })
}

/** A statement that consists of one of our directives, where it is none. */
export function checkMisplaced(
  statement: Node,
  { inFile, source }: { inFile: boolean; source: SourceFile },
): void {
  const text = statementText(statement)
  if (text === null || !isOurDirective(text) || isDirective(statement)) return
  const quotes = source.code.slice(statement.start, statement.end)
  const wrapped = wrapping(quotes)
  const where = wrapped ?? 'behind other statements'
  throw new CompileError(source, {
    code: 'misplaced-directive',
    text: `'${text}' stands ${where}, where it does nothing.`,
    fix: wrapped ? `Write it plainly: '${text}'.` : placeFor(text, inFile),
    at: statement,
  })
}

function wrapping(quotes: string): string | null {
  if (quotes.startsWith('(')) return 'in parentheses'
  return quotes.startsWith('`') ? 'in backticks' : null
}

function placeFor(text: string, inFile: boolean): string {
  if (inFile) return 'Move it to the first line of the file, before the imports.'
  return kindOfDirective(text)
    ? 'Move it to the first line of an async function or of the file.'
    : 'Move it to the first line of the file.'
}

function isDirective(statement: Node): boolean {
  return statement.type === 'ExpressionStatement' && Boolean(statement.directive)
}
