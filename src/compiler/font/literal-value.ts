import { nameOf, type Node } from '../ast.ts'
import type { Span } from '../code-frame.ts'

export type LiteralValue =
  | { kind: 'scalar'; value: string | number | boolean | undefined; at: Span }
  | { kind: 'list'; items: LiteralValue[]; at: Span }
  | { kind: 'object'; properties: Map<string, LiteralValue>; at: Span }
  /** What only a run of the program could tell. */
  | { kind: 'computed'; at: Span }

/** The value of an expression that is written out. */
export function literalValue(node: Node): LiteralValue {
  const at = { start: node.start, end: node.end }
  switch (node.type) {
    case 'Literal':
      return scalar(node.value, at)
    case 'TemplateLiteral':
      return scalar(node.expressions.length === 0 ? node.quasis[0]?.value.cooked : null, at)
    case 'Identifier':
      return node.name === 'undefined' ? scalar(undefined, at) : { kind: 'computed', at }
    case 'ArrayExpression':
      return { kind: 'list', items: node.elements.map((item) => itemValue(item, at)), at }
    case 'ObjectExpression':
      return objectValue(node.properties, at)
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'ParenthesizedExpression':
      return literalValue(node.expression)
    default:
      return { kind: 'computed', at }
  }
}

/** The first part of a value that is not written out. */
export function computedPart(value: LiteralValue): Span | null {
  if (value.kind === 'computed') return value.at
  const parts =
    value.kind === 'list' ? value.items : value.kind === 'object' ? value.properties : []
  for (const part of parts.values()) {
    const found = computedPart(part)
    if (found) return found
  }
  return null
}

function scalar(value: unknown, at: Span): LiteralValue {
  const isScalar = ['string', 'number', 'boolean', 'undefined'].includes(typeof value)
  if (!isScalar) return { kind: 'computed', at }
  return { kind: 'scalar', value: value as string | number | boolean | undefined, at }
}

function itemValue(item: Node | null, at: Span): LiteralValue {
  return item ? literalValue(item) : { kind: 'computed', at }
}

function objectValue(nodes: readonly Node[], at: Span): LiteralValue {
  const properties = new Map<string, LiteralValue>()
  for (const node of nodes) {
    if (node.type !== 'Property' || node.computed || node.method) {
      return { kind: 'computed', at: node }
    }
    properties.set(nameOf(node.key), literalValue(node.value))
  }
  return { kind: 'object', properties, at }
}
