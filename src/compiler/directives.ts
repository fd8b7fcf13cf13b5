import type { Node, Statement } from './ast.ts'
import { editDistance } from './edit-distance.ts'

export type Directive = { text: string; statement: Statement }

/** The directives at the top of a file or of a function's body. */
export function directivesOf(body: readonly Statement[]): Directive[] {
  const directives: Directive[] = []
  for (const statement of body) {
    // A string in parentheses, or behind another statement, is no directive.
    if (statement.type !== 'ExpressionStatement' || !statement.directive) break
    directives.push({ text: statement.directive, statement })
  }
  return directives
}

export function hasDirective(body: readonly Statement[], text: string): boolean {
  return directivesOf(body).some((directive) => directive.text === text)
}

/** What a directive makes of the functions that it is for. */
export type FunctionKind = 'server' | 'cache'

/** Every cache is that of the server, so the second spelling of `'use cache'` says the same. */
export type DirectiveName = 'use client' | 'use server' | 'use cache' | 'use cache: remote'

const directives: Record<DirectiveName, FunctionKind | null> = {
  'use client': null,
  'use server': 'server',
  'use cache': 'cache',
  'use cache: remote': 'cache',
}

export function isOurDirective(text: string): text is DirectiveName {
  return Object.hasOwn(directives, text)
}

export function kindOfDirective(text: string): FunctionKind | null {
  return isOurDirective(text) ? directives[text] : null
}

/** The directive of a file or function that says what its functions are. */
export function functionDirective(
  body: readonly Statement[],
): { kind: FunctionKind; statement: Statement } | null {
  for (const { text, statement } of directivesOf(body)) {
    const kind = kindOfDirective(text)
    if (kind) return { kind, statement }
  }
  return null
}

/**
 * Whether the text holds a directive of ours, or something like one, be it in a place where it has
 * no effect. It spares nearly all modules the parser.
 */
export function mayHoldDirective(code: string): boolean {
  for (const [, , text = ''] of code.matchAll(quotedWords)) {
    if (isOurDirective(text) || isOtherCache(text) || intendedDirective(text)) return true
  }
  return false
}

/** Two or three words in quotes, as long as a directive may be when it is misspelt. */
const quotedWords = /(['"`])(use cache:[^'"`\n]*|[a-z][a-z :;_-]{6,22})\1/gi

/** The string or template that an expression statement consists of; `null` for other statements. */
export function statementText(node: Node): string | null {
  if (node.type !== 'ExpressionStatement') return null
  const { expression } = node
  if (expression.type === 'Literal' && typeof expression.value === 'string') return expression.value
  if (expression.type !== 'TemplateLiteral' || expression.quasis.length !== 1) return null
  return expression.quasis[0]?.value.cooked ?? null
}

/** `'use cache: private'`, or one that another framework may have set up. */
export function isOtherCache(text: string): boolean {
  return text.startsWith('use cache:') && !isOurDirective(text) && intendedDirective(text) === null
}

/** How else people write what they mean. */
const spellings: Record<DirectiveName, readonly string[]> = {
  'use client': ['use client'],
  'use server': [
    'use server',
    'use action',
    'use actions',
    'use server action',
    'use server function',
  ],
  'use cache': ['use cache'],
  'use cache: remote': ['use cache: remote', 'use remote cache'],
}

/** The directive that somebody meant who wrote `text`; `null` if it is one, or like none. */
export function intendedDirective(text: string): DirectiveName | null {
  if (isOurDirective(text) || text.length > 22) return null
  const words = text.toLowerCase()
  for (const [name, written] of Object.entries(spellings)) {
    if (isOurDirective(name) && written.some((one) => isLike(words, one))) return name
  }
  return null
}

function isLike(words: string, written: string): boolean {
  return Math.abs(words.length - written.length) <= 2 && editDistance(words, written) <= 2
}
