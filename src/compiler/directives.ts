import { statementsOf, type FunctionNode, type Node, type Statement } from './ast.ts'
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

/** Whether a function has the directive of its own: an inline server function. */
export function isInlineServerFunction(node: FunctionNode): boolean {
  return hasDirective(statementsOf(node), 'use server')
}

/**
 * Whether the text holds a directive of ours, or something like one, be it in a place where it has
 * no effect. It spares nearly all modules the parser.
 */
export function mayHoldDirective(code: string): boolean {
  for (const [, , text = ''] of code.matchAll(quotedWords)) {
    if (isOurDirective(text) || intendedDirective(text) !== null) return true
  }
  return false
}

/** Two or three words in quotes, as long as a directive may be when it is misspelt. */
const quotedWords = /(['"`])([a-z][a-z ;_-]{6,22})\1/gi

/** The string or template that an expression statement consists of; `null` for other statements. */
export function statementText(node: Node): string | null {
  if (node.type !== 'ExpressionStatement') return null
  const { expression } = node
  if (expression.type === 'Literal' && typeof expression.value === 'string') return expression.value
  if (expression.type !== 'TemplateLiteral' || expression.quasis.length !== 1) return null
  return expression.quasis[0]?.value.cooked ?? null
}

export function isOurDirective(text: string): boolean {
  return text === 'use server' || text === 'use client'
}

/** The directive that somebody meant who wrote `text`; `null` if it is one, or like none. */
export function intendedDirective(text: string): 'use server' | 'use client' | null {
  if (isOurDirective(text) || text.length > 22) return null
  const words = text.toLowerCase()
  if (editDistance(words, 'use client') <= 2) return 'use client'
  const names = [
    'use server',
    'use action',
    'use actions',
    'use server action',
    'use server function',
  ]
  return names.some((name) => editDistance(words, name) <= 2) ? 'use server' : null
}
